import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import * as z from "zod";
import { readForm } from "#app/http/form.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { groupOf, studioFor } from "#app/studios/access.server.ts";
import { admit } from "#app/studios/admit.server.ts";

const form = z.object({ id: z.array(z.string()), groupId: z.string().optional() });

/** POST admits those who were chosen; the page says how many, and why not the others. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const studio = await studioFor(context.db, viewer, "admit", params.studioId);
  const { values } = await readForm(request, form);
  const back = `/studios/${studio.id}/applications`;
  if (!values || values.id.length === 0) throw redirect(`${back}?nobody`);
  const groupId = values.groupId ? (await groupOf(context.db, studio, values.groupId)).id : null;
  const told = await admit(context.db, viewer, studio, values.id, groupId);
  throw redirect(`${back}?${new URLSearchParams(Object.entries(told).map(([key, n]) => [key, String(n)])).toString()}`);
}
