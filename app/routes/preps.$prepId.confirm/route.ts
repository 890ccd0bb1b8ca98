import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { requireViewer } from "#app/http/viewer.server.ts";
import { prepFor } from "#app/preps/access.server.ts";
import { confirmPlan } from "#app/preps/confirm.server.ts";

/** POST says that the plan may be finalised. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const prep = await prepFor(context.db, viewer, "confirm", params.prepId);
  await confirmPlan(context.db, viewer, prep);
  throw redirect(`/lessons/${prep.lessonId}`);
}
