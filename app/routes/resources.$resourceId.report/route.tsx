import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import * as z from "zod";
import { readForm, unprocessable } from "#app/http/form.server.ts";
import { prose } from "#app/http/text.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { resourceFor } from "#app/resources/access.server.ts";
import { GROUNDS } from "#app/resources/grounds.ts";
import { reportResource } from "#app/resources/report.server.ts";
import { ReasonPage } from "#app/resources/reason-page.tsx";
import { Select } from "#app/ui/field.tsx";
import { pageTitle } from "#app/ui/title.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "举报", "Report");

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  return { title: (await resourceFor(context.db, viewer, "report", params.resourceId)).title };
}

const form = z.object({ ground: z.enum(GROUNDS), reason: prose(500, 4) });

/** POST puts a publication before the moderators. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const resource = await resourceFor(context.db, viewer, "report", params.resourceId);
  const { values, problems, typed } = await readForm(request, form);
  if (problems) return unprocessable(problems, typed);
  await reportResource(context.db, viewer, resource, { ground: values.ground, detail: values.reason });
  throw redirect(`/resources/${resource.id}`);
}

export default function Report() {
  const { t } = useTranslation("resources");
  const answer = useActionData<typeof action>();
  return (
    <ReasonPage act="report">
      <Select name="ground" label={t("report.ground")} problems={answer?.problems} defaultValue={answer?.typed.ground ?? "copied"}>
        {GROUNDS.map((ground) => <option key={ground} value={ground}>{t(`ground.${ground}`)}</option>)}
      </Select>
    </ReasonPage>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
