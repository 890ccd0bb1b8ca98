import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { requireViewer } from "#app/http/viewer.server.ts";
import { resourceFor } from "#app/resources/access.server.ts";
import { closeCases } from "#app/resources/report.server.ts";

/** POST leaves a reported publication as it is. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const resource = await resourceFor(context.db, viewer, "moderate", params.resourceId);
  await closeCases(context.db, viewer, resource, "dismissed", "");
  throw redirect("/moderation");
}
