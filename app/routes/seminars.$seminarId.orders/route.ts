import type { ActionFunctionArgs } from "@remix-run/node";
import { refuse } from "#app/http/refusals.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { seminarSeenBy } from "#app/seminars/access.server.ts";
import { follow, readOrder } from "#app/seminars/follow-order.server.ts";

const LONGEST = 64 * 1024;

/** POST gives the room one order as a letter, in the words of `room-protocol.ts`, for a page whose line is cut or that can have none. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const { id } = await seminarSeenBy(context.db, viewer, params.seminarId ?? "");
  const letter = await request.text();
  const order = letter.length <= LONGEST ? readOrder(letter) : undefined;
  if (!order) throw refuse("notThere");
  const { refused } = await follow(context, viewer, id, order);
  if (refused === "not_allowed") throw refuse("notAllowed");
  return Response.json({ refused });
}
