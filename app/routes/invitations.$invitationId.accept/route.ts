import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { requireViewer } from "#app/http/viewer.server.ts";
import { invitationToAnswer } from "#app/studios/access.server.ts";
import { acceptInvitation } from "#app/studios/answer-invitation.server.ts";

/** POST takes the seat that the invitation offers; when there is none left, the invitation says so and stays. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const opened = await invitationToAnswer(context.db, viewer, params.invitationId, new Date());
  const answer = await acceptInvitation(context.db, viewer, opened);
  if (answer === "accepted") throw redirect(`/studios/${opened.studio.id}`);
  throw redirect(`/invitations/${opened.invitation.id}${answer === "over" ? "" : `?lacking=${answer}`}`);
}
