import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import * as z from "zod";
import { readForm, unprocessable } from "#app/http/form.server.ts";
import { optionalLine, prose } from "#app/http/text.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { planFor, planSeenBy } from "#app/plans/access.server.ts";
import { startThread } from "#app/plans/comment.server.ts";
import { listThreads } from "#db/comments.ts";
import { isId } from "#db/ids.ts";

/** The talk about a plan, for the layer that is drawn over its text. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const plan = await planSeenBy(context.db, viewer, params.planId);
  return { threads: await listThreads(context.db, plan.docId) };
}

/** A relative position as Yjs writes it, or nothing. */
const anchor = z.string().max(2000).optional().transform((text, ctx) => {
  if (!text) return null;
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    ctx.addIssue({ code: "custom" });
    return z.NEVER;
  }
});

const form = z.object({
  threadId: z.string().refine(isId).optional(),
  sectionKey: z.string().regex(/^[a-z_]{1,40}(\.p\d{1,2})?$/),
  anchorStart: anchor,
  anchorEnd: anchor,
  quote: optionalLine(500),
  blocking: z.string().optional(),
  body: prose(2000, 1),
});

/** POST begins a thread. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const plan = await planFor(context.db, viewer, "comment", params.planId);
  const { values, problems, typed } = await readForm(request, form);
  if (problems) return unprocessable(problems, typed);
  const threadId = await startThread(context.db, viewer, plan, { ...values, blocking: values.blocking !== undefined });
  throw redirect(`/plans/${plan.id}?thread=${threadId}#thread-${threadId}`);
}
