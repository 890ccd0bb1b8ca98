import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { requireViewer } from "#app/http/viewer.server.ts";
import { seminarFor } from "#app/seminars/access.server.ts";
import { enterSeminar } from "#app/seminars/enter.server.ts";

/** POST stands at the door: into the room, or back to the seminar's page, which says why not. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const seminar = await seminarFor(context.db, viewer, "enter", params.seminarId ?? "");
  const answer = await enterSeminar(context.db, viewer, seminar);
  if (answer.entry === "waiting") context.rooms.changed(seminar.id, "people");
  if (answer.entry === "in") throw redirect(`/seminars/${seminar.id}/room`);
  throw redirect(answer.entry === "refused" && answer.reason === "full" ? `/seminars/${seminar.id}?full` : `/seminars/${seminar.id}`);
}
