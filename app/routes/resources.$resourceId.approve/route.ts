import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { requireViewer } from "#app/http/viewer.server.ts";
import { resourceFor } from "#app/resources/access.server.ts";
import { decideResource } from "#app/resources/decide.server.ts";

/** POST lets a submission be published. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const resource = await resourceFor(context.db, viewer, "decide", params.resourceId);
  await decideResource(context.db, viewer, resource, "approved", "");
  throw redirect(`/resources/${resource.id}`);
}
