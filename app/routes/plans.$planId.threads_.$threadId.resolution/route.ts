import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { requireViewer } from "#app/http/viewer.server.ts";
import { threadFor } from "#app/plans/access.server.ts";
import { resolveThread } from "#app/plans/comment.server.ts";

/** POST resolves a thread. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const { plan, thread } = await threadFor(context.db, viewer, params.planId, params.threadId);
  await resolveThread(context.db, viewer, plan, thread.id);
  throw redirect(`/plans/${plan.id}#thread-${thread.id}`);
}
