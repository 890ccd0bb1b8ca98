import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { readForm } from "#app/http/form.server.ts";
import { refuse } from "#app/http/refusals.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { draftStudio } from "#app/studios/draft.server.ts";
import { canDraftStudio } from "#app/studios/policy.ts";
import { draftForm, namedMaster } from "#app/studios/studio-form.server.ts";
import { DraftFields } from "#app/studios/studio-fields.tsx";
import { Button } from "#app/ui/button.tsx";
import { FormProblem } from "#app/ui/field.tsx";
import { pageTitle } from "#app/ui/title.ts";
import { listRegions } from "#db/regions.ts";
import type { Viewer } from "#db/viewer.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "筹建工作室", "Draft a studio");

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  mayDraftAtAll(viewer);
  return { regions: (await listRegions(context.db)).map(({ id, name, level }) => ({ id, name, level })), name: viewer.name, regionId: viewer.regionId ?? "" };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  mayDraftAtAll(viewer);
  const { values, problems, typed } = await readForm(request, draftForm);
  if (problems) return data({ problems, typed, namesakes: [] }, { status: 422 });
  const master = await namedMaster(context.db, viewer, values);
  if ("problems" in master) return data({ ...master, typed }, { status: 422 });
  const { subjectLead, youngTeacher, trainee, masterName: _, ...rest } = values;
  throw redirect(`/studios/${await draftStudio(context.db, viewer, { ...rest, masterId: master.masterId, quota: { subjectLead, youngTeacher, trainee } })}`);
}

/** Anywhere at all: the region is asked again when it is known. */
function mayDraftAtAll(viewer: Viewer): void {
  if (canDraftStudio(viewer, viewer.grants.map((grant) => grant.scopeId))) return;
  throw refuse(viewer.verified ? "notAllowed" : "unverified");
}

export default function NewStudio() {
  const { t } = useTranslation("studios");
  const { regions, name, regionId } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const busy = useNavigation().state !== "idle";
  return (
    <div className="page">
      <div className="mx-auto grid max-w-[38rem] gap-6">
        <div>
          <h1>{t("form.newTitle")}</h1>
          <p className="mt-1 text-ink-2">{t("form.newLead")}</p>
        </div>
        <Form method="post" className="grid gap-5">
          <FormProblem problems={answer?.problems} />
          <DraftFields typed={{ masterName: name, regionId, ...answer?.typed }} problems={answer?.problems} regions={regions} namesakes={answer?.namesakes ?? []} />
          <div><Button weight="go" disabled={busy}>{t("form.save")}</Button></div>
        </Form>
      </div>
    </div>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
