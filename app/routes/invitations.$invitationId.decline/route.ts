import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { requireViewer } from "#app/http/viewer.server.ts";
import { invitationToAnswer } from "#app/studios/access.server.ts";
import { declineInvitation } from "#app/studios/answer-invitation.server.ts";

/** POST says no to an invitation. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const opened = await invitationToAnswer(context.db, viewer, params.invitationId, new Date());
  await declineInvitation(context.db, viewer, opened);
  throw redirect(`/invitations/${opened.invitation.id}`);
}
