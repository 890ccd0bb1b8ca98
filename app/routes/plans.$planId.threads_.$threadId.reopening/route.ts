import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { requireViewer } from "#app/http/viewer.server.ts";
import { threadFor } from "#app/plans/access.server.ts";
import { reopenThread } from "#app/plans/comment.server.ts";

/** POST opens a resolved thread again. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const { plan, thread } = await threadFor(context.db, viewer, params.planId, params.threadId);
  await reopenThread(context.db, plan, thread.id);
  throw redirect(`/plans/${plan.id}#thread-${thread.id}`);
}
