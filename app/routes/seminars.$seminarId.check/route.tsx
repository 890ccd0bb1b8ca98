import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { requireViewer } from "#app/http/viewer.server.ts";
import { seminarSeenBy } from "#app/seminars/access.server.ts";
import { SeminarAct } from "#app/seminars/act-page.tsx";
import { DeviceCheck } from "#app/seminars/check/device-check.tsx";
import { canOnSeminar, doorOf } from "#app/seminars/policy.ts";
import { Button } from "#app/ui/button.tsx";
import { pageTitle } from "#app/ui/title.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "试一试设备和网络", "Try devices and network");

/** Before a seminar: is one heard, is one seen, can the room be reached. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const seminar = await seminarSeenBy(context.db, viewer, params.seminarId ?? "");
  const enter = doorOf(viewer, seminar, new Date()).door !== "shut" && canOnSeminar(viewer, "enter", seminar);
  return { seminar: { id: seminar.id, title: seminar.title }, may: { enter } };
}

export default function Check() {
  const { t } = useTranslation("seminars");
  const { seminar, may } = useLoaderData<typeof loader>();
  return (
    <SeminarAct seminar={seminar} title={t("check.title")}>
      <p className="text-ink-2">{t("check.intro")}</p>
      <DeviceCheck seminarId={seminar.id} />
      {may.enter && <Form method="post" action={`/seminars/${seminar.id}/enter`}><Button weight="go">{t("page.enter")}</Button></Form>}
    </SeminarAct>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
