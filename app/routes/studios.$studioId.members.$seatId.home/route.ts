import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { requireViewer } from "#app/http/viewer.server.ts";
import { seatFor } from "#app/studios/access.server.ts";
import { chooseHome } from "#app/studios/make-home.server.ts";

/** POST makes this studio the viewer's home. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const seat = await seatFor(context.db, viewer, "makeHome", params.studioId, params.seatId);
  await chooseHome(context.db, seat);
  throw redirect(`/studios/${seat.studio.id}/members`);
}
