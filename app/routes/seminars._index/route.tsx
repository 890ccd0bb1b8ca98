import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { requireViewer } from "#app/http/viewer.server.ts";
import { listed, SeminarRows } from "#app/seminars/seminar-rows.tsx";
import { Empty } from "#app/ui/empty.tsx";
import { pageTitle } from "#app/ui/title.ts";
import { isId } from "#db/ids.ts";
import { listComingSeminars, listHeldSeminars, type SeminarListed } from "#db/seminars.ts";

const PAGE = 20;

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "研修", "Seminars");

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const asked = new URL(request.url).searchParams;
  const after = keyOf(asked.get("after"));
  const before = keyOf(asked.get("before"));
  const [mine, coming, held] = await Promise.all([
    after || before ? [] : listComingSeminars(context.db, viewer, { personId: viewer.id }, { limit: PAGE }),
    before ? [] : listComingSeminars(context.db, viewer, {}, { limit: PAGE + 1, ...(after && { after }) }),
    after ? [] : listHeldSeminars(context.db, viewer, {}, { limit: PAGE + 1, ...(before && { before }) }),
  ]);
  const own = new Set(mine.map((one) => one.id));
  const isOpen = (one: SeminarListed) => one.state === "live" || one.state === "paused" || one.state === "lobby";
  const shown = coming.slice(0, PAGE);
  return {
    first: !after && !before,
    now: shown.filter(isOpen).map(listed),
    mine: mine.filter((one) => !isOpen(one)).map(listed),
    coming: shown.filter((one) => !isOpen(one) && !own.has(one.id)).map(listed),
    held: held.slice(0, PAGE).map(listed),
    after: coming.length > PAGE ? tokenOf(shown.at(-1)) : null,
    before: held.length > PAGE ? tokenOf(held[PAGE - 1]) : null,
  };
}

export default function Seminars() {
  const { t } = useTranslation("seminars");
  const { first, now, mine, coming, held, after, before } = useLoaderData<typeof loader>();
  return (
    <div className="page">
      <div className="mx-auto grid max-w-[56rem] gap-8">
        <h1>{t("list.title")}</h1>
        <Part title={t("list.now")} rows={now} />
        <Part title={t("list.mine")} rows={mine} />
        {first && now.length + mine.length + coming.length === 0 ? <Empty title={t("list.none")}>{t("list.noneHelp")}</Empty> : <Part title={t("list.coming")} rows={coming} />}
        {after && <p><Link to={`?after=${after}`}>{t("list.more")}</Link></p>}
        <Part title={t("list.past")} rows={held} />
        {before && <p><Link to={`?before=${before}`}>{t("list.earlier")}</Link></p>}
      </div>
    </div>
  );
}

function Part({ title, rows }: { title: string; rows: Parameters<typeof SeminarRows>[0]["rows"] }) {
  return rows.length === 0 ? null : <section><h2 className="mb-2">{title}</h2><SeminarRows rows={rows} /></section>;
}

function tokenOf(row: SeminarListed | undefined): string | null {
  return row ? `${row.startsAt.getTime()}-${row.id}` : null;
}

function keyOf(token: string | null): { startsAt: Date; id: string } | undefined {
  const [time = "", id = ""] = token?.split("-") ?? [];
  return /^\d{1,15}$/.test(time) && isId(id) ? { startsAt: new Date(Number(time)), id } : undefined;
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
