import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import * as z from "zod";
import { conflict, readForm, unprocessable } from "#app/http/form.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { studioFor } from "#app/studios/access.server.ts";
import { GroupFields } from "#app/studios/group-fields.tsx";
import { groupFields } from "#app/studios/group-form.server.ts";
import { makeGroup } from "#app/studios/groups.server.ts";
import { FormPage } from "#app/ui/form-page.tsx";
import { pageTitle } from "#app/ui/title.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "新建分组", "New group");

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  await studioFor(context.db, await requireViewer(context, request), "makeGroup", params.studioId);
  return null;
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const studio = await studioFor(context.db, viewer, "makeGroup", params.studioId);
  const { values, problems, typed } = await readForm(request, z.object(groupFields));
  if (problems) return unprocessable(problems, typed);
  if ((await makeGroup(context.db, viewer, studio, values)) === "twice") return conflict({ name: { key: "studios:groups.twice" } }, typed);
  throw redirect(`/studios/${studio.id}/groups`);
}

export default function NewGroup() {
  const { t } = useTranslation("studios");
  const answer = useActionData<typeof action>();
  return (
    <FormPage title={t("groups.new")} lead={t("groups.noneHelp")} go={t("groups.save")} problems={answer?.problems}>
      <GroupFields typed={answer?.typed ?? {}} problems={answer?.problems} />
    </FormPage>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
