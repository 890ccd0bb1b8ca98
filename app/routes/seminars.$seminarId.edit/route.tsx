import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import * as z from "zod";
import { conflict, readForm, unprocessable } from "#app/http/form.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { seminarFor } from "#app/seminars/access.server.ts";
import { SeminarAct } from "#app/seminars/act-page.tsx";
import { editSeminar } from "#app/seminars/edit.server.ts";
import { AboutFields, WishFields } from "#app/seminars/wish-fields.tsx";
import { choicesFor, readWish, wishFields } from "#app/seminars/wish-form.server.ts";
import { Button } from "#app/ui/button.tsx";
import { FormProblem } from "#app/ui/field.tsx";
import { BesideWhatIsKept } from "#app/ui/stale.tsx";
import { pageTitle } from "#app/ui/title.ts";
import { findPrep } from "#db/preps.ts";
import { namesOf, seminarRolesOf } from "#db/seminar-people.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "改研修的安排", "Change a seminar");

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const seminar = await seminarFor(context.db, viewer, "edit", params.seminarId ?? "");
  const [choices, roles] = await Promise.all([choicesFor(context.db, seminar.studioId, seminar.prepId ? await findPrep(context.db, seminar.prepId) : undefined), seminarRolesOf(context.db, seminar.id)]);
  const withPart = (part: string) => [...roles].filter(([, role]) => role === part).map(([personId]) => personId).join("\n");
  // Whoever has a part already is offered, too, whatever seat they have.
  const missing = [...roles.keys()].filter((id) => !choices.people.some((one) => one.personId === id));
  const names = await namesOf(context.db, missing);
  const { id, title, intro, hostId, visibility, capacity, lobby, agenda, version, prepId } = seminar;
  const column = (of: (item: (typeof agenda)[number]) => string | number) => agenda.map(of).join("\n");
  const kept: Partial<Record<string, string>> = {
    title, intro, hostId, visibility, capacity: String(capacity), ...(lobby && { lobby: "on" }), speakerIds: withPart("speaker"), discussantIds: withPart("discussant"), scribeId: withPart("scribe"),
    item: column((item) => item.title), itemMinutes: column((item) => item.minutes), itemSection: column((item) => item.sectionKey ?? ""),
  };
  return { seminar: { id, title }, version, kept, withPrep: prepId !== null, sections: choices.sections, people: [...choices.people, ...missing.map((personId) => ({ personId, name: names.get(personId) ?? "" }))] };
}

const form = z.object({ version: z.coerce.number().int(), ...wishFields });

export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const seminar = await seminarFor(context.db, viewer, "edit", params.seminarId ?? "");
  const { values, problems, typed } = await readForm(request, form);
  if (problems) return unprocessable(problems, typed);
  const answer = await editSeminar(context.db, viewer, seminar, values.version, readWish(values));
  if (!answer.saved) return "stale" in answer ? conflict({ form: { key: "common:form.stale" } }, typed) : unprocessable(answer.problems, typed);
  context.rooms.changed(seminar.id, "seminar");
  throw redirect(`/seminars/${seminar.id}`);
}

export default function Edit() {
  const { t } = useTranslation("seminars");
  const { seminar, version, kept, withPrep, people, sections } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const typed: Partial<Record<string, string>> = answer?.typed ?? kept;
  const { title, intro, hostId, scribeId, visibility, capacity } = kept;
  const busy = useNavigation().formMethod === "POST";
  return (
    <SeminarAct seminar={seminar} title={t("edit.title")}>
      <Form method="post" className="grid gap-5">
        <FormProblem problems={answer?.problems} />
        <input type="hidden" name="version" value={version} />
        <BesideWhatIsKept problems={answer?.problems} kept={{ title, intro, hostId, scribeId, visibility, capacity }}>
          <AboutFields typed={typed} problems={answer?.problems} />
          <WishFields typed={typed} problems={answer?.problems} people={people} sections={sections} withPrep={withPrep} />
        </BesideWhatIsKept>
        <div><Button weight="go" disabled={busy}>{t("edit.go")}</Button></div>
      </Form>
    </SeminarAct>
  );
}

export { lookAgainWhenStale as shouldRevalidate } from "#app/ui/stale.tsx";
export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
