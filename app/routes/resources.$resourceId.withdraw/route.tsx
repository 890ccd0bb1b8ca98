import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import * as z from "zod";
import { readForm, unprocessable } from "#app/http/form.server.ts";
import { prose } from "#app/http/text.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { resourceFor } from "#app/resources/access.server.ts";
import { withdrawResource } from "#app/resources/withdraw.server.ts";
import { ReasonPage } from "#app/resources/reason-page.tsx";
import { pageTitle } from "#app/ui/title.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "撤回", "Withdraw");

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  return { title: (await resourceFor(context.db, viewer, "withdraw", params.resourceId)).title };
}

const form = z.object({ reason: prose(500, 0) });

/** POST takes one's own publication back. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const resource = await resourceFor(context.db, viewer, "withdraw", params.resourceId);
  const { values, problems, typed } = await readForm(request, form);
  if (problems) return unprocessable(problems, typed);
  await withdrawResource(context.db, viewer, resource, values.reason);
  throw redirect(`/resources/${resource.id}`);
}

export default function Page() {
  return <ReasonPage act="withdraw" />;
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
