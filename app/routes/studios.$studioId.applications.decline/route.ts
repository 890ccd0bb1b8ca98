import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import * as z from "zod";
import { readForm } from "#app/http/form.server.ts";
import { optionalLine } from "#app/http/text.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { studioFor } from "#app/studios/access.server.ts";
import { declineApplications } from "#app/studios/admit.server.ts";

const form = z.object({ id: z.array(z.string()), reason: optionalLine(200) });

/** POST declines those who were chosen. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const studio = await studioFor(context.db, viewer, "decline", params.studioId);
  const { values } = await readForm(request, form);
  const back = `/studios/${studio.id}/applications`;
  if (!values || values.id.length === 0) throw redirect(`${back}?nobody`);
  throw redirect(`${back}?declined=${await declineApplications(context.db, viewer, studio, values.id, values.reason)}`);
}
