import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import * as z from "zod";
import { readForm, unprocessable } from "#app/http/form.server.ts";
import { prose } from "#app/http/text.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { resourceFor } from "#app/resources/access.server.ts";
import { closeCases } from "#app/resources/report.server.ts";
import { takeDownResource } from "#app/resources/withdraw.server.ts";
import { ReasonPage } from "#app/resources/reason-page.tsx";
import { pageTitle } from "#app/ui/title.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "下架", "Take down");

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  return { title: (await resourceFor(context.db, viewer, "moderate", params.resourceId)).title };
}

const form = z.object({ reason: prose(500, 4) });

/** POST takes a publication down, by a moderator. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const resource = await resourceFor(context.db, viewer, "moderate", params.resourceId);
  const { values, problems, typed } = await readForm(request, form);
  if (problems) return unprocessable(problems, typed);
  await takeDownResource(context.db, viewer, resource, values.reason);
  await closeCases(context.db, viewer, resource, "actioned", values.reason);
  throw redirect("/moderation");
}

export default function Page() {
  return <ReasonPage act="takeDown" />;
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
