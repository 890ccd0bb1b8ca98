import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { formOf } from "#app/http/form.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { seminarFor } from "#app/seminars/access.server.ts";
import { register, unregister } from "#app/seminars/register.server.ts";

/** POST says that one comes; with `leave` that one does not. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const seminar = await seminarFor(context.db, viewer, "register", params.seminarId ?? "");
  const here = `/seminars/${seminar.id}`;
  if ((await formOf(request)).has("leave")) {
    await unregister(context.db, viewer, seminar);
    throw redirect(here);
  }
  const answer = await register(context.db, viewer, seminar);
  throw redirect(answer === "full" ? `${here}?full` : here);
}
