import type { ActionFunctionArgs } from "@remix-run/node";
import * as z from "zod";
import { readForm, unprocessable } from "#app/http/form.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { planSeenBy } from "#app/plans/access.server.ts";
import { rememberReading } from "#db/readings.ts";

const form = z.object({ section: z.string().max(60).optional() });

/** POST keeps in which section somebody is who reads or writes the plan, for her alone. Sent by the page itself, also while it is left. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const plan = await planSeenBy(context.db, viewer, params.planId);
  const { values, problems, typed } = await readForm(request, form);
  if (problems) return unprocessable(problems, typed);
  await rememberReading(context.db, { docId: plan.docId, personId: viewer.id, at: new Date(), sectionKey: values.section });
  return new Response(null, { status: 204 });
}
