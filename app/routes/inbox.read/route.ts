import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import * as z from "zod";
import { readForm, unprocessable } from "#app/http/form.server.ts";
import { requireViewer, safeReturn } from "#app/http/viewer.server.ts";
import { markRead } from "#db/notices.ts";

const form = z.object({ notice: z.string().max(40), open: z.string().optional() });

/** POST marks one of one's own notices, or all, as read, and goes where the notice leads. */
export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const { values, problems, typed } = await readForm(request, form);
  if (problems) return unprocessable(problems, typed);
  await markRead(context.db, viewer.id, values.notice);
  throw redirect(values.open ? safeReturn(values.open) : "/inbox");
}
