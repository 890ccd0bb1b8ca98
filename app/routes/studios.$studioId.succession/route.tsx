import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import * as z from "zod";
import { conflict, readForm, unprocessable } from "#app/http/form.server.ts";
import { optionalLine } from "#app/http/text.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { studioFor } from "#app/studios/access.server.ts";
import { handOver } from "#app/studios/change-role.server.ts";
import { AFTERWARDS } from "#app/studios/policy.ts";
import { Empty } from "#app/ui/empty.tsx";
import { Field, Select } from "#app/ui/field.tsx";
import { FormPage } from "#app/ui/form-page.tsx";
import { pageTitle } from "#app/ui/title.ts";
import { listSeatsOfRoles } from "#db/seats.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "交接名师席位", "Hand over the master's seat");

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const studio = await studioFor(context.db, await requireViewer(context, request), "handOver", params.studioId);
  const able = await listSeatsOfRoles(context.db, studio.id, ["subject_lead", "young_teacher", "guest_expert", "studio_assistant"]);
  return { masterName: studio.masterName, able: able.map(({ personId, name, role, county }) => ({ personId, name, role, county })) };
}

const form = z.object({ successorId: z.string().min(1), afterwards: z.enum(AFTERWARDS), reason: optionalLine(200) });

export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const studio = await studioFor(context.db, viewer, "handOver", params.studioId);
  const { values, problems, typed } = await readForm(request, form);
  if (problems) return unprocessable(problems, typed);
  switch (await handOver(context.db, viewer, studio, values.successorId, values.afterwards, values.reason)) {
    case "full":
      return conflict({ afterwards: { key: "studios:handOver.full" } }, typed);
    case "noMember":
      return conflict({ successorId: { key: "studios:handOver.noMember" } }, typed);
    case "unverified":
      return conflict({ successorId: { key: "studios:role.unverified" } }, typed);
    case "handedOver":
      throw redirect(`/studios/${studio.id}`);
  }
}

export default function Succession() {
  const { t } = useTranslation("studios");
  const { t: common } = useTranslation();
  const { masterName, able } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  if (able.length === 0) return <div className="page"><h1>{t("handOver.title")}</h1><div className="mt-6"><Empty title={t("handOver.nobody")} /></div></div>;
  return (
    <FormPage title={t("handOver.title")} lead={t("handOver.lead")} go={t("handOver.go")} problems={answer?.problems}>
      <Select name="successorId" label={t("handOver.successor")} problems={answer?.problems} defaultValue={answer?.typed.successorId}>
        {able.map((one) => <option key={one.personId} value={one.personId}>{[one.name, common(`role.${one.role}`), one.county].filter(Boolean).join(" · ")}</option>)}
      </Select>
      <Select name="afterwards" label={t("handOver.afterwards", { name: masterName })} problems={answer?.problems} defaultValue={answer?.typed.afterwards}>
        {AFTERWARDS.map((one) => <option key={one} value={one}>{t(`handOver.${one}`)}</option>)}
      </Select>
      <Field name="reason" label={t("handOver.reason")} problems={answer?.problems} defaultValue={answer?.typed.reason} maxLength={200} optional />
    </FormPage>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
