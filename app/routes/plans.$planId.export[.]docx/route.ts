import type { LoaderFunctionArgs } from "@remix-run/node";
import { StoreAway } from "#app/files/files.ts";
import { disposition, fileName } from "#app/http/disposition.ts";
import { localeOf } from "#app/http/locale.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { words } from "#app/http/words.server.ts";
import { planSeenBy } from "#app/plans/access.server.ts";
import { wordFileOf } from "#app/plans/word-file.server.ts";

/** GET gives a plan as a Word file, in the layout in which plans are inspected. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const plan = await planSeenBy(context.db, viewer, params.planId);
  const bytes = await wordFileOf(context.db, context.documents, context.files, viewer, plan).catch((error: unknown) => {
    if (!(error instanceof StoreAway)) throw error;
    context.fault(error);
    return undefined;
  });
  if (!bytes) return new Response(`${words[localeOf(request, viewer)].t("files:away")}\n`, { status: 503, headers: { "content-type": "text/plain; charset=utf-8", "retry-after": "30", "cache-control": "no-store" } });
  return new Response(new Uint8Array(bytes), {
    headers: {
      "content-type": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
      "content-disposition": disposition("attachment", `${fileName(plan.title)}.docx`),
      "cache-control": "private, no-store",
    },
  });
}
