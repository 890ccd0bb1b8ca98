import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import * as z from "zod";
import { readForm, unprocessable } from "#app/http/form.server.ts";
import { refuse } from "#app/http/refusals.ts";
import { prose } from "#app/http/text.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { planFor } from "#app/plans/access.server.ts";
import { reply } from "#app/plans/comment.server.ts";
import { isId } from "#db/ids.ts";

const form = z.object({ body: prose(2000, 1) });

/** POST answers in a thread. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const plan = await planFor(context.db, viewer, "comment", params.planId);
  const { values, problems, typed } = await readForm(request, form);
  if (problems) return unprocessable(problems, typed);
  if (!isId(params.threadId) || !(await reply(context.db, viewer, plan, params.threadId, values.body))) throw refuse("notThere");
  throw redirect(`/plans/${plan.id}?thread=${params.threadId}#thread-${params.threadId}`);
}
