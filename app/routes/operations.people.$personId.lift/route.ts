import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { requireViewer } from "#app/http/viewer.server.ts";
import { frozenFor } from "#app/people/access.server.ts";
import { lift } from "#app/people/freeze.server.ts";

/** POST opens a frozen account again. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  await lift(context.db, viewer, await frozenFor(context.db, viewer, params.personId));
  throw redirect("/operations/people");
}
