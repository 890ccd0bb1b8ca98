import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import * as z from "zod";
import { readForm, unprocessable } from "#app/http/form.server.ts";
import { refuse } from "#app/http/refusals.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { resourceFor } from "#app/resources/access.server.ts";
import { useResource as take } from "#app/resources/use.server.ts";
import { isId } from "#db/ids.ts";

const form = z.object({ lessonId: z.string().refine(isId) });

/** POST makes a plan of one's own from a publication. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const resource = await resourceFor(context.db, viewer, "use", params.resourceId);
  const { values, problems, typed } = await readForm(request, form);
  if (problems) return unprocessable(problems, typed);
  const planId = await take(context.db, context.documents, viewer, resource, values.lessonId);
  if (!planId) throw refuse("notThere");
  throw redirect(`/plans/${planId}`);
}
