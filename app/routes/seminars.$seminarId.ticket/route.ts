import type { ActionFunctionArgs } from "@remix-run/node";
import { requireViewer } from "#app/http/viewer.server.ts";
import { refuse } from "#app/http/refusals.ts";
import { mayEnter } from "#app/seminars/access.server.ts";
import { LiveUnreachable } from "#app/seminars/live-rooms.ts";

/** POST gives somebody who is in the room a ticket to its picture and sound, for a few minutes; the gate asks again all the same. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const entry = await mayEnter(context.db, viewer, params.seminarId ?? "");
  if (!entry.in) throw refuse("notThere");
  if (!context.spend("live")) return Response.json({ unavailable: "busy" }, { status: 429 });
  const state = context.live.state();
  if (!state.ready) return Response.json({ unavailable: state.reason }, { status: 503 });
  try {
    return Response.json({ ...(await context.live.ticket(entry.seminar.id, { id: viewer.id, name: viewer.name }, entry.grants)), speak: entry.grants.speak });
  } catch (error) {
    if (!(error instanceof LiveUnreachable)) throw error;
    return Response.json({ unavailable: "down" }, { status: 503 });
  }
}
