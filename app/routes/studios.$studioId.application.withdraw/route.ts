import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { requireViewer } from "#app/http/viewer.server.ts";
import { studioSeenBy } from "#app/studios/access.server.ts";
import { withdrawApplication } from "#app/studios/apply.server.ts";

/** POST takes the viewer's own application back. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const studio = await studioSeenBy(context.db, viewer, params.studioId);
  await withdrawApplication(context.db, viewer, studio.id);
  throw redirect(`/studios/${studio.id}`);
}
