import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import * as z from "zod";
import { conflict, readForm, unprocessable } from "#app/http/form.server.ts";
import { optionalLine } from "#app/http/text.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { groupOf, seatFor } from "#app/studios/access.server.ts";
import { changeRole } from "#app/studios/change-role.server.ts";
import { GroupOptions } from "#app/studios/group-options.tsx";
import { INVITED_ROLES } from "#app/studios/policy.ts";
import { noSeatProblem } from "#app/studios/no-seat.ts";
import { Field, Select } from "#app/ui/field.tsx";
import { FormPage } from "#app/ui/form-page.tsx";
import { pageTitle } from "#app/ui/title.ts";
import { listGroups } from "#db/studio-groups.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "改变角色", "Change role");

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const seat = await seatFor(context.db, await requireViewer(context, request), "changeRole", params.studioId, params.seatId);
  return { name: seat.name, role: seat.role, groupId: seat.groupId, groups: (await listGroups(context.db, seat.studio.id)).map(({ id, name }) => ({ id, name })) };
}

const form = z.object({ role: z.enum(INVITED_ROLES), groupId: z.string().optional(), reason: optionalLine(200) });

export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const seat = await seatFor(context.db, viewer, "changeRole", params.studioId, params.seatId);
  const { values, problems, typed } = await readForm(request, form);
  if (problems) return unprocessable(problems, typed);
  const groupId = values.groupId ? (await groupOf(context.db, seat.studio, values.groupId)).id : null;
  const outcome = await changeRole(context.db, viewer, seat, { role: values.role, groupId, reason: values.reason });
  if (outcome === "unverified") return conflict({ role: { key: "studios:role.unverified" } }, typed);
  if (outcome !== "changed") return conflict(noSeatProblem(outcome, values.role, seat.studio.quota), typed);
  throw redirect(`/studios/${seat.studio.id}/members`);
}

export default function ChangeRole() {
  const { t } = useTranslation("studios");
  const { t: common } = useTranslation();
  const seat = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <FormPage title={t("role.title", { name: seat.name })} lead={t("role.lead")} go={t("role.go")} problems={answer?.problems}>
      <Select name="role" label={t("role.role")} problems={answer?.problems} defaultValue={answer?.typed.role ?? seat.role}>
        {INVITED_ROLES.map((role) => <option key={role} value={role}>{common(`role.${role}`)}</option>)}
      </Select>
      <Select name="groupId" label={t("role.group")} help={t("role.groupHelp")} problems={answer?.problems} defaultValue={answer?.typed.groupId ?? seat.groupId ?? ""}><GroupOptions groups={seat.groups} /></Select>
      <Field name="reason" label={t("role.reason")} problems={answer?.problems} defaultValue={answer?.typed.reason} maxLength={200} optional />
    </FormPage>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
