import type { LoaderFunctionArgs } from "@remix-run/node";
import { disposition, fileName } from "#app/http/disposition.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { planSeenBy } from "#app/plans/access.server.ts";
import { wordFileOf } from "#app/plans/word-file.server.ts";

/** GET gives a plan as a Word file, in the layout in which plans are inspected. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const plan = await planSeenBy(context.db, viewer, params.planId);
  const bytes = await wordFileOf(context.db, context.documents, context.files, viewer, plan);
  return new Response(new Uint8Array(bytes), {
    headers: {
      "content-type": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
      "content-disposition": disposition("attachment", `${fileName(plan.title)}.docx`),
      "cache-control": "private, no-store",
    },
  });
}
