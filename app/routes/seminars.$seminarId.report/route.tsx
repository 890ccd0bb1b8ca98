import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { requireViewer } from "#app/http/viewer.server.ts";
import { seminarSeenBy } from "#app/seminars/access.server.ts";
import { SeminarAct } from "#app/seminars/act-page.tsx";
import { canOnSeminar } from "#app/seminars/policy.ts";
import { PresenceBar } from "#app/seminars/presence-bar.tsx";
import { useLookAgain } from "#app/seminars/use-look-again.ts";
import { Tag } from "#app/ui/tag.tsx";
import { pageTitle } from "#app/ui/title.ts";
import { When } from "#app/ui/when.tsx";
import { findReport, listReports, type SeminarReport, summariseReports } from "#db/seminar-reports.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "研修报告", "Seminar report");

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const seminar = await seminarSeenBy(context.db, viewer, params.seminarId ?? "");
  const own = await findReport(context.db, seminar.id, viewer.id);
  const all = canOnSeminar(viewer, "read_report", seminar) ? await listReports(context.db, seminar.id) : [];
  const over = seminar.state === "ended" || seminar.state === "reported";
  const whole = over ? await summariseReports(context.db, seminar.id) : null;
  return { seminar: { id: seminar.id, title: seminar.title }, startedAt: seminar.startedAt?.toISOString() ?? "", endedAt: seminar.endedAt?.toISOString() ?? "", over, whole, written: seminar.state === "reported", own: own ? line(own, viewer.name) : null, all: all.map((one) => line(one, one.name)) };
}

function line({ personId, presentMs, sessionMs, intervals, messages, hands, spoke, attended }: SeminarReport, name: string) {
  return { personId, name, presentMs, sessionMs, intervals, messages, hands, spoke, attended };
}

export default function Report() {
  const { t } = useTranslation("seminars");
  const { seminar, startedAt, endedAt, over, whole, written, own, all } = useLoaderData<typeof loader>();
  useLookAgain(over && !written);
  return (
    <SeminarAct seminar={seminar} title={t("report.title")}>
      {!written && <p role="status" className="text-ink-2">{t(over ? "report.waiting" : "report.notOver")}</p>}
      {written && whole && (
        <section>
          <h2 className="mb-2">{t("report.whole")}</h2>
          <p><When at={startedAt} />–<When at={endedAt} as="time" /></p>
          <p className="text-ink-2">{t("report.came", { people: whole.people, attended: whole.attended })} · {t("report.said", { messages: whole.messages, hands: whole.hands })} · {t("report.spoke", { count: whole.spoke })}</p>
          <p className="text-small text-ink-3">{t("report.rule")}</p>
        </section>
      )}
      {written && <section><h2 className="mb-2">{t("report.mine")}</h2>{own ? <ul className="rows"><Line one={own} startedAt={startedAt} /></ul> : <p className="text-ink-2">{t("report.none")}</p>}</section>}
      {all.length > 0 && <section><h2 className="mb-2">{t("report.all")}</h2><ul className="rows">{all.map((one) => <Line key={one.personId} one={one} startedAt={startedAt} />)}</ul></section>}
    </SeminarAct>
  );
}

function Line({ one, startedAt }: { one: ReturnType<typeof line>; startedAt: string }) {
  const { t } = useTranslation("seminars");
  const inMinutes = (ms: number) => Math.round(ms / 60_000);
  return (
    <li>
      <div className="grid min-w-0 flex-1 gap-1">
        <p className="flex flex-wrap items-center gap-x-3"><b className="font-medium">{one.name}</b><Tag tone={one.attended ? "done" : "mind"}>{one.attended ? t("report.attended") : t("report.notAttended")}</Tag></p>
        <PresenceBar intervals={one.intervals} startedAt={startedAt} sessionMs={one.sessionMs} />
        <p className="text-small text-ink-2">{t("report.present", { present: inMinutes(one.presentMs), session: inMinutes(one.sessionMs) })}{one.spoke && ` · ${t("report.hasSpoken")}`} · {t("report.said", { messages: one.messages, hands: one.hands })}</p>
      </div>
    </li>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
