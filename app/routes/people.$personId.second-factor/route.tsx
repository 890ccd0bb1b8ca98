import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { requireViewer } from "#app/http/viewer.server.ts";
import { personFor } from "#app/people/access.server.ts";
import { removeSecondFactor } from "#app/people/second-factor.server.ts";
import { FormPage } from "#app/ui/form-page.tsx";
import { pageTitle } from "#app/ui/title.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "取消两步登录", "Take a second step away");

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const { name, region, school } = await personFor(context.db, await requireViewer(context, request), "removeSecondFactor", params.personId);
  return { name, from: [region, school].filter(Boolean).join(" · ") };
}

/** POST helps somebody who lost the device and the recovery codes. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const person = await personFor(context.db, viewer, "removeSecondFactor", params.personId);
  await removeSecondFactor(context.db, viewer, person);
  throw redirect(`/people/${person.id}`);
}

export default function RemoveSecondFactor() {
  const { t } = useTranslation("people");
  const { name, from } = useLoaderData<typeof loader>();
  return <FormPage title={t("second.removeTitle", { name })} lead={<>{from && <>{from}<br /></>}{t("second.removeLead")}</>} go={t("second.remove")} weight="danger" />;
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
