import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import * as z from "zod";
import { conflict, readForm, unprocessable } from "#app/http/form.server.ts";
import { optionalLine } from "#app/http/text.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { studioFor } from "#app/studios/access.server.ts";
import { approveStudio } from "#app/studios/approve.server.ts";
import { quotaFields } from "#app/studios/studio-form.server.ts";
import { QuotaFields } from "#app/studios/studio-fields.tsx";
import { Field } from "#app/ui/field.tsx";
import { FormPage } from "#app/ui/form-page.tsx";
import { pageTitle } from "#app/ui/title.ts";
import { schoolDay, schoolYear, startOfSchoolDay } from "#db/school-day.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "批准成立", "Approve the studio");

/** A term is three years unless the administrator says otherwise. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const studio = await studioFor(context.db, viewer, "approve", params.studioId);
  const now = new Date();
  return { name: studio.name, masterName: studio.masterName, quota: studio.quota, from: schoolDay(now), to: `${schoolYear(now) + 3}-08-31` };
}

const day = z.string().regex(/^20\d\d-\d\d-\d\d$/).refine((text) => !Number.isNaN(Date.parse(text))).transform(startOfSchoolDay);
const form = z
  .object({ ...quotaFields, no: z.coerce.number().int().min(1).max(99), from: day, to: day, letterNo: optionalLine(40) });

export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const studio = await studioFor(context.db, viewer, "approve", params.studioId);
  const { values, problems, typed } = await readForm(request, form);
  if (problems) return unprocessable(problems, typed);
  const { no, from, to, letterNo, ...quota } = values;
  if (to <= from) return unprocessable({ to: { key: "studios:approve.order" } }, typed);
  const outcome = await approveStudio(context.db, viewer, studio, { term: { no, from, to }, quota, letterNo: letterNo || null });
  if (outcome === "masterUnverified") return conflict({ form: { key: "studios:approve.masterUnverified", params: { name: studio.masterName } } }, typed);
  throw redirect(`/studios/${studio.id}`);
}

export default function Approve() {
  const { t } = useTranslation("studios");
  const { name, masterName, quota, from, to } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const typed = { subjectLead: String(quota.subjectLead), youngTeacher: String(quota.youngTeacher), trainee: quota.trainee === null ? "" : String(quota.trainee), no: "1", from, to, letterNo: "", ...answer?.typed };
  const problems = answer?.problems;
  return (
    <FormPage title={t("approve.title")} lead={<><b className="font-song">{name}</b><br />{t("approve.lead", { master: masterName })}</>} go={t("approve.go")} problems={problems}>
      <div className="grid gap-4 sm:grid-cols-3">
        <Field name="no" type="number" min={1} max={99} label={t("approve.no")} problems={problems} defaultValue={typed.no} required />
        <Field name="from" type="date" label={t("approve.from")} problems={problems} defaultValue={typed.from} required />
        <Field name="to" type="date" label={t("approve.to")} problems={problems} defaultValue={typed.to} required />
      </div>
      <QuotaFields typed={typed} problems={problems} />
      <Field name="letterNo" label={t("approve.letterNo")} problems={problems} defaultValue={typed.letterNo} maxLength={40} optional />
    </FormPage>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
