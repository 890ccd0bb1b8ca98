import type { LoaderFunctionArgs } from "@remix-run/node";
import { localeOf } from "#app/http/locale.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { words } from "#app/http/words.server.ts";
import { studioFor } from "#app/studios/access.server.ts";
import { studioFigures } from "#app/studios/figures.server.ts";
import { writeCsv } from "#db/csv.ts";

/** GET gives the numbers of the page as a table, in the person's language; before the first count the heading alone. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const studio = await studioFor(context.db, viewer, "seeMembers", params.studioId);
  const counted = await studioFigures(context.db, studio);
  const t = words[localeOf(request, viewer)].getFixedT(null, "studios");
  const rows = [
    [t("figures.name"), t("figures.number"), t("figures.what"), t("figures.asOf", { when: "" }).trim()],
    ...(counted?.figures ?? []).map(({ name, n, of }) => [t(`figures.${name}`), String(n), t(`figures.${name}What`, of), counted?.asOf.toISOString() ?? ""]),
  ];
  return new Response(writeCsv(rows), { headers: { "content-type": "text/csv; charset=utf-8", "content-disposition": 'attachment; filename="studio-figures.csv"', "cache-control": "private, no-store" } });
}
