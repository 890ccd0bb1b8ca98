import type { LoaderFunctionArgs } from "@remix-run/node";
import { disposition, fileName } from "#app/http/disposition.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { seminarSeenBy } from "#app/seminars/access.server.ts";
import { calendarOf } from "#app/seminars/calendar.ts";

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const seminar = await seminarSeenBy(context.db, viewer, params.seminarId ?? "");
  return new Response(calendarOf(seminar, context.site.publicUrl), {
    headers: { "Content-Type": "text/calendar; charset=utf-8", "Content-Disposition": disposition("attachment", `${fileName(seminar.title)}.ics`), "Cache-Control": "private, no-store" },
  });
}
