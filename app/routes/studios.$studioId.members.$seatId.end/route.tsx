import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import * as z from "zod";
import { readForm, unprocessable } from "#app/http/form.server.ts";
import { optionalLine } from "#app/http/text.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { seatFor } from "#app/studios/access.server.ts";
import { endSeat } from "#app/studios/end-seat.server.ts";
import { Field } from "#app/ui/field.tsx";
import { FormPage } from "#app/ui/form-page.tsx";
import { pageTitle } from "#app/ui/title.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "结束席位", "End a seat");

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const seat = await seatFor(context.db, viewer, "end", params.studioId, params.seatId);
  return { name: seat.name, studio: seat.studio.name, leaves: seat.personId === viewer.id };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const seat = await seatFor(context.db, viewer, "end", params.studioId, params.seatId);
  const { values, problems, typed } = await readForm(request, z.object({ reason: optionalLine(200) }));
  if (problems) return unprocessable(problems, typed);
  await endSeat(context.db, viewer, seat, values.reason);
  throw redirect(seat.personId === viewer.id ? `/studios/${seat.studio.id}` : `/studios/${seat.studio.id}/members`);
}

export default function EndSeat() {
  const { t } = useTranslation("studios");
  const { name, studio, leaves } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <FormPage title={leaves ? t("end.leaveTitle", { studio }) : t("end.title", { name })} lead={leaves ? t("end.leaveLead") : t("end.lead", { name })} go={t(leaves ? "end.leave" : "end.go")} weight="danger" problems={answer?.problems}>
      <Field name="reason" label={t("end.reason")} problems={answer?.problems} defaultValue={answer?.typed.reason} maxLength={200} optional />
    </FormPage>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
