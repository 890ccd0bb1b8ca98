import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import * as z from "zod";
import { conflict, readForm, unprocessable } from "#app/http/form.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { groupOf, studioFor } from "#app/studios/access.server.ts";
import { GroupFields } from "#app/studios/group-fields.tsx";
import { groupFields } from "#app/studios/group-form.server.ts";
import { changeGroup } from "#app/studios/groups.server.ts";
import { FormPage } from "#app/ui/form-page.tsx";
import { BesideWhatIsKept } from "#app/ui/stale.tsx";
import { pageTitle } from "#app/ui/title.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "修改分组", "Edit the group");

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const studio = await studioFor(context.db, await requireViewer(context, request), "makeGroup", params.studioId);
  const { name, kind, capacity, version } = await groupOf(context.db, studio, params.groupId);
  return { version, kept: { name, kind, capacity: capacity === null ? "" : String(capacity) } };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const studio = await studioFor(context.db, viewer, "makeGroup", params.studioId);
  const group = await groupOf(context.db, studio, params.groupId);
  const { values, problems, typed } = await readForm(request, z.object({ ...groupFields, version: z.coerce.number().int() }));
  if (problems) return unprocessable(problems, typed);
  const { version, ...facts } = values;
  const outcome = await changeGroup(context.db, viewer, studio, group.id, version, facts);
  if (outcome === "twice") return conflict({ name: { key: "studios:groups.twice" } }, typed);
  if (outcome === "stale") return conflict({ form: { key: "common:form.stale" } }, typed);
  throw redirect(`/studios/${studio.id}/groups`);
}

export default function EditGroup() {
  const { t } = useTranslation("studios");
  const { version, kept } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <FormPage title={t("groups.editTitle")} go={t("groups.save")} problems={answer?.problems}>
      <input type="hidden" name="version" value={version} />
      <BesideWhatIsKept problems={answer?.problems} kept={kept}><GroupFields typed={{ ...kept, ...answer?.typed }} problems={answer?.problems} /></BesideWhatIsKept>
    </FormPage>
  );
}

export { lookAgainWhenStale as shouldRevalidate } from "#app/ui/stale.tsx";
export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
