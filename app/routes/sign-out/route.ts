import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { enqueue } from "#db/jobs.ts";

/** POST ends the session. Documents and rooms that are open by it in other windows are asked again, and close. */
export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await context.viewer();
  const headers = await context.sessions.signOut(request);
  // What the browser kept of pages goes. Its storage stays: in it is what was written and not yet saved.
  headers.set("clear-site-data", '"cache"');
  if (viewer) await enqueue(context.db, "access.changed", { personIds: [viewer.id] });
  throw redirect("/sign-in", { headers });
}
