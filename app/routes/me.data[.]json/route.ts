import type { LoaderFunctionArgs } from "@remix-run/node";
import { ownData } from "#app/people/own-data.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";

/** GET gives the person everything that is kept of her. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const body = JSON.stringify(await ownData(context.db, context.sessions, viewer.id), null, 2);
  return new Response(body, { headers: { "content-type": "application/json; charset=utf-8", "content-disposition": 'attachment; filename="tongyan-my-data.json"', "cache-control": "private, no-store" } });
}
