import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { requireViewer } from "#app/http/viewer.server.ts";
import { invitationToWithdraw } from "#app/studios/access.server.ts";
import { withdrawInvitation } from "#app/studios/answer-invitation.server.ts";

/** POST takes an invitation back. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const opened = await invitationToWithdraw(context.db, viewer, params.invitationId, new Date());
  await withdrawInvitation(context.db, viewer, opened);
  throw redirect(`/studios/${opened.studio.id}/members`);
}
