import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import * as z from "zod";
import { readForm, unprocessable } from "#app/http/form.server.ts";
import { requireViewer, safeReturn } from "#app/http/viewer.server.ts";
import { officePage } from "#app/people/office-page.ts";
import { markRead } from "#db/notices.ts";

const form = z.object({ notice: z.string().max(40), open: z.string().optional() });

/** POST marks one of one's own notices, or all, as read, and goes where the notice leads. */
export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const { values, problems, typed } = await readForm(request, form);
  if (problems) return unprocessable(problems, typed);
  await markRead(context.db, viewer.id, values.notice);
  // An office that waits for a second factor has no page yet: what it waits for is said there.
  if ((viewer.withheld ?? []).some((grant) => officePage(grant) === values.open)) throw redirect("/me/second-factor");
  throw redirect(values.open ? safeReturn(values.open) : "/inbox");
}
