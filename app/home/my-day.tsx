import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { LinkButton } from "../ui/button.tsx";
import { Chain } from "../ui/chain.tsx";
import { Empty } from "../ui/empty.tsx";
import { Face } from "../ui/face.tsx";
import { Tag } from "../ui/tag.tsx";
import { sayWhen, When } from "../ui/when.tsx";
import type { myDay } from "./my-day.server.ts";
import { WaitCard, WaitRow } from "./wait.tsx";

type Day = Awaited<ReturnType<typeof myDay>>;

export function MyDay({ name, today, week, waits, coming, lessons, leftOff, evidence, seats, applied, verified }: Day) {
  const { t, i18n } = useTranslation("home");
  const { t: common } = useTranslation();
  const [first, ...others] = waits;
  const heading = waits.length === 0 ? t("waits.none", { name }) : waits.length === 1 ? t("waits.one", { name }) : t("waits.other", { name, count: waits.length });
  return (
    <div className="page">
      <p className="kick">{sayWhen(today, i18n.language, "weekday")} · {t("week", { week })}</p>
      <h1 className="mt-1 mb-5">{heading}</h1>
      {!verified && <p className="-mt-3 mb-5 max-w-[44rem] text-ink-2">{t("unverified")}</p>}
      <div className="two">
        <div>
          {first && <WaitCard wait={first} now={today} />}
          {others.length > 0 && (
            <ul className="rows mt-5" aria-label={t("more")}>
              {others.slice(0, 6).map((wait) => <WaitRow key={wait.href + wait.key} wait={wait} now={today} />)}
            </ul>
          )}
          <h2 className="mt-9 mb-3">{t("next")}</h2>
          {coming.length === 0 ? <p className="text-ink-2">{t("noNext")}</p> : (
            <ul className="rows">
              {coming.map((one) => (
                <li key={one.id}>
                  <div className="w-[4.75rem] shrink-0"><Soon at={one.startsAt} days={one.days} /></div>
                  <div className="min-w-0 flex-1">
                    <Link to={`/seminars/${one.id}`} className="font-semibold">{one.title}</Link>
                    <div className="text-small text-ink-2">{one.studio} · {one.mine ? t("hosts") : t("comes", { host: one.host })}</div>
                  </div>
                  {one.now ? <LinkButton to={`/seminars/${one.id}/room`}>{t("enter")}</LinkButton> : <LinkButton to={`/seminars/${one.id}`}>{t("look")}</LinkButton>}
                </li>
              ))}
            </ul>
          )}
          <h2 className="mt-9 mb-3">{t("underWay")}</h2>
          {lessons.length === 0 ? (
            <Empty title={t("noUnderWay")}><LinkButton to="/lessons/new" weight={first ? "plain" : "go"}>{t("start")}</LinkButton></Empty>
          ) : (
            <ul className="rows">
              {lessons.map((lesson) => (
                <li key={lesson.id}>
                  <div className="min-w-0 flex-1">
                    <div className="mb-3 flex flex-wrap justify-between gap-x-4">
                      <Link to={`/lessons/${lesson.id}`} className="font-semibold">{lesson.title}</Link>
                      <span className="text-small text-ink-3">{lesson.reuses > 0 ? t("taken", { count: lesson.reuses }) : lesson.studio}</span>
                    </div>
                    <Chain now={lesson.now} />
                    {lesson.teach && <LinkButton to={`/lessons/${lesson.id}/runs/new`} className="mt-3">{t("wait.teach.act")}</LinkButton>}
                  </div>
                </li>
              ))}
            </ul>
          )}
        </div>
        <aside className="grid content-start gap-5">
          {leftOff && (
            <section aria-labelledby="left-off">
              <h2 id="left-off">{t("leftOff")}</h2>
              <p className="mt-2"><Link to={`/plans/${leftOff.planId}${leftOff.section ? `#${leftOff.section.key}` : ""}`} className="font-song text-lead">{leftOff.title}{leftOff.section && t("leftOffIn", { section: leftOff.section.title })}</Link> <span className="text-small text-ink-3"><When at={leftOff.at} /></span></p>
            </section>
          )}
          <section className={leftOff ? "border-t border-hairline pt-4" : ""}>
            <h2><Link to="/me/evidence" className="no-underline">{t("evidence")}</Link></h2>
            <p className="font-song text-figure font-bold">{evidence}<span className="text-lead font-normal text-ink-3"> {t("evidenceUnit")}</span></p>
            <p className="text-small text-ink-2">{t("evidenceHelp")}</p>
          </section>
          <section className="border-t border-hairline pt-4">
            <h2>{t("studios")}</h2>
            {seats.length + applied.length === 0 && <p className="mt-2 text-ink-2">{t("noStudio")} <Link to="/studios">{t("seeStudios")}</Link></p>}
            <ul className="mt-2 grid gap-3">
              {seats.map((seat) => (
                <li key={seat.studioId} className="flex items-center gap-3">
                  <Face name={seat.studio} id={seat.studioId} />
                  <span className="min-w-0"><Link to={`/studios/${seat.studioId}`} className="font-medium">{seat.studio}</Link><br /><Tag tone="people">{common(`role.${seat.role}`)}</Tag></span>
                </li>
              ))}
              {applied.map((studio) => (
                <li key={studio.id} className="flex items-center gap-3">
                  <Face name={studio.name} id={studio.id} />
                  <span className="min-w-0"><Link to={`/studios/${studio.id}`}>{studio.name}</Link><br /><Tag tone="plain">{t("applied")}</Tag></span>
                </li>
              ))}
            </ul>
          </section>
        </aside>
      </div>
    </div>
  );
}

/** A day as one says it: today and tomorrow by those words, others by their date, and the hour below. */
function Soon({ at, days }: { at: Date | string; days: number }) {
  const { t } = useTranslation("home");
  return (
    <>
      <b className="font-medium">{days === 0 ? t("today") : days === 1 ? t("tomorrow") : <When at={at} as="day" />}</b>
      <div className="text-small text-ink-3"><When at={at} as={days === 0 || days === 1 ? "time" : "weekTime"} /></div>
    </>
  );
}
