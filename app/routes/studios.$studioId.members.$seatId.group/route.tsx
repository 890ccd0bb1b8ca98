import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import * as z from "zod";
import { conflict, readForm, unprocessable } from "#app/http/form.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { groupOf, seatFor } from "#app/studios/access.server.ts";
import { GroupOptions } from "#app/studios/group-options.tsx";
import { assignGroup } from "#app/studios/groups.server.ts";
import { Select } from "#app/ui/field.tsx";
import { FormPage } from "#app/ui/form-page.tsx";
import { pageTitle } from "#app/ui/title.ts";
import { listGroups } from "#db/studio-groups.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "分组", "Group");

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const seat = await seatFor(context.db, await requireViewer(context, request), "assignGroup", params.studioId, params.seatId);
  return { name: seat.name, groupId: seat.groupId, groups: (await listGroups(context.db, seat.studio.id)).map(({ id, name }) => ({ id, name })) };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const seat = await seatFor(context.db, viewer, "assignGroup", params.studioId, params.seatId);
  const { values, problems, typed } = await readForm(request, z.object({ groupId: z.string() }));
  if (problems) return unprocessable(problems, typed);
  const groupId = values.groupId ? (await groupOf(context.db, seat.studio, values.groupId)).id : null;
  if ((await assignGroup(context.db, viewer, seat, groupId)) === "groupFull") return conflict({ groupId: { key: "studios:members.groupFull" } }, typed);
  throw redirect(`/studios/${seat.studio.id}/members`);
}

export default function AssignGroup() {
  const { t } = useTranslation("studios");
  const { name, groupId, groups } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <FormPage title={`${t("members.group")} · ${name}`} go={t("groups.save")} problems={answer?.problems}>
      <Select name="groupId" label={t("members.assign")} help={t("role.groupHelp")} problems={answer?.problems} defaultValue={answer?.typed.groupId ?? groupId ?? ""}><GroupOptions groups={groups} /></Select>
    </FormPage>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
