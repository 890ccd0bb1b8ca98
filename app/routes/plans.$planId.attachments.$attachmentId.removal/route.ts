import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { refuse } from "#app/http/refusals.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { planFor } from "#app/plans/access.server.ts";
import { findAttachment, removeAttachment } from "#db/attachments.ts";

/** POST takes a file away from a plan that one may write. Copies and publications made before keep theirs. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const plan = await planFor(context.db, viewer, "write", params.planId);
  const attachment = await findAttachment(context.db, params.attachmentId ?? "");
  if (attachment?.ownerType !== "plan" || attachment.ownerId !== plan.id || attachment.inline) throw refuse("notThere");
  await removeAttachment(context.db, attachment.id);
  throw redirect(`/plans/${plan.id}`);
}
