import type { ActionFunctionArgs } from "@remix-run/node";
import { requireViewer } from "#app/http/viewer.server.ts";
import { seminarSeenBy } from "#app/seminars/access.server.ts";
import { LiveUnreachable, tryingRoom } from "#app/seminars/live-rooms.ts";

/** POST gives a ticket to a room of one's own in which nothing is sent, to try before a seminar whether picture and sound come through. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  await seminarSeenBy(context.db, viewer, params.seminarId ?? "");
  if (!context.spend("live")) return Response.json({ unavailable: "busy" }, { status: 429 });
  const state = context.live.state();
  if (!state.ready) return Response.json({ unavailable: state.reason }, { status: 503 });
  try {
    return Response.json(await context.live.ticket(tryingRoom(viewer.id), { id: viewer.id, name: viewer.name }, { speak: false, shareScreen: false }));
  } catch (error) {
    if (!(error instanceof LiveUnreachable)) throw error;
    return Response.json({ unavailable: "down" }, { status: 503 });
  }
}
