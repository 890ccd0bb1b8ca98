import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import * as z from "zod";
import { readForm } from "#app/http/form.server.ts";
import type { Problems } from "#app/http/problems.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { studioFor } from "#app/studios/access.server.ts";
import { editStudio, type StudioProfile } from "#app/studios/edit.server.ts";
import type { StudioDraft } from "#app/studios/draft.server.ts";
import { draftForm, namedMaster, profileFields } from "#app/studios/studio-form.server.ts";
import { DraftFields, ProfileFields, type StudioTyped } from "#app/studios/studio-fields.tsx";
import { Button } from "#app/ui/button.tsx";
import { FormProblem } from "#app/ui/field.tsx";
import { BesideWhatIsKept } from "#app/ui/stale.tsx";
import { pageTitle } from "#app/ui/title.ts";
import type { PersonFound } from "#db/people-search.ts";
import { listRegions } from "#db/regions.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "修改工作室", "Edit the studio");

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const studio = await studioFor(context.db, viewer, "edit", params.studioId);
  const draft = studio.status === "draft";
  const { name, intro, recruitPolicy, level, regionId, stages, subject, masterName, masterId, quota, version } = studio;
  const kept: StudioTyped = { name, intro, recruitPolicy, level, regionId, stages: stages.join("\n"), subject, masterName, masterId, subjectLead: String(quota.subjectLead), youngTeacher: String(quota.youngTeacher), trainee: quota.trainee === null ? "" : String(quota.trainee) };
  return { kept, version, draft, regions: draft ? (await listRegions(context.db)).map(({ id, name, level }) => ({ id, name, level })) : [] };
}

const version = { version: z.coerce.number().int() };

export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const studio = await studioFor(context.db, viewer, "edit", params.studioId);
  const read = studio.status === "draft" ? await readDraft(context.db, viewer, request) : await readProfile(request);
  if ("problems" in read) return data(read, { status: 422 });
  if (await editStudio(context.db, viewer, studio, read.version, read.change)) throw redirect(`/studios/${studio.id}`);
  return data({ problems: { form: { key: "common:form.stale" } } satisfies Problems, typed: read.typed, namesakes: [] }, { status: 409 });
}

type ReadEdit = { problems: Problems; typed: Record<string, string>; namesakes: PersonFound[] } | { change: StudioDraft | StudioProfile; version: number; typed: Record<string, string> };

async function readProfile(request: Request): Promise<ReadEdit> {
  const { values, problems, typed } = await readForm(request, z.object({ ...profileFields, ...version }));
  return problems ? { problems, typed, namesakes: [] } : { change: values, version: values.version, typed };
}

async function readDraft(db: Db, viewer: Viewer, request: Request): Promise<ReadEdit> {
  const { values, problems, typed } = await readForm(request, draftForm.extend(version));
  if (problems) return { problems, typed, namesakes: [] };
  const master = await namedMaster(db, viewer, values);
  if ("problems" in master) return { ...master, typed };
  const { subjectLead, youngTeacher, trainee, masterName: _, version: read, ...rest } = values;
  return { change: { ...rest, masterId: master.masterId, quota: { subjectLead, youngTeacher, trainee } }, version: read, typed };
}

export default function EditStudio() {
  const { t } = useTranslation("studios");
  const { kept, version, draft, regions } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const busy = useNavigation().state !== "idle";
  const fields = { typed: { ...kept, ...answer?.typed }, problems: answer?.problems };
  return (
    <div className="page">
      <div className="mx-auto grid max-w-[38rem] gap-6">
        <h1>{t("form.editTitle")}</h1>
        <Form method="post" className="grid gap-5">
          <FormProblem problems={answer?.problems} />
          <input type="hidden" name="version" value={version} />
          <BesideWhatIsKept problems={answer?.problems} kept={kept}>{draft ? <DraftFields {...fields} regions={regions} namesakes={answer?.namesakes ?? []} /> : <ProfileFields {...fields} />}</BesideWhatIsKept>
          <div><Button weight="go" disabled={busy}>{t(draft ? "form.save" : "form.saveActive")}</Button></div>
        </Form>
      </div>
    </div>
  );
}

export { lookAgainWhenStale as shouldRevalidate } from "#app/ui/stale.tsx";
export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
