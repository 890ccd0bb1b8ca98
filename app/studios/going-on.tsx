import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { LinkButton } from "../ui/button.tsx";
import { Empty } from "../ui/empty.tsx";
import { Tag, type Tone } from "../ui/tag.tsx";
import { When } from "../ui/when.tsx";

interface Props {
  studioId: string;
  seminars: readonly { id: string; title: string; state: string; startsAt: Date | string; hostName: string }[];
  preps: readonly { lessonId: string; title: string; state: "planned" | "individual_draft" | "discussion" | "revision" | "finalised" | "taught" | "reflecting" | "archived" | "cancelled"; group: string | null; lead: string | null; draftDue: string | null }[];
  member: boolean;
}

const TONE: Partial<Record<Props["preps"][number]["state"], Tone>> = { individual_draft: "people", discussion: "now", revision: "now", finalised: "done", taught: "done", reflecting: "done" };

/** What is going on in a studio and what comes next: rooms that are open first, then seminars to come, then preps by stage. */
export function GoingOn({ studioId, seminars, preps, member }: Props) {
  const { t } = useTranslation("studios");
  const open = (state: string) => state === "live" || state === "lobby" || state === "paused";
  const ordered = [...seminars].sort((a, b) => Number(open(b.state)) - Number(open(a.state)));
  return (
    <section className="mt-9">
      <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-4">
        <h2>{t("home.now")}</h2>
        {member && preps.length > 0 && <Link to={`/studios/${studioId}/preps`} className="text-small">{t("preps.all")}</Link>}
      </div>
      {seminars.length + preps.length === 0 && <Empty title={t("home.nothing")}>{t(member ? "home.nothingMember" : "home.nothingVisitor")}</Empty>}
      <ul className="rows">
        {ordered.map((seminar) => (
          <li key={seminar.id}>
            <Tag tone={open(seminar.state) ? "now" : "plain"}>{t(open(seminar.state) ? "home.seminarNow" : "home.seminarSoon")}</Tag>
            <div className="min-w-0 flex-1">
              <Link to={`/seminars/${seminar.id}`} className="font-semibold">{seminar.title}</Link>
              <div className="text-small text-ink-2">{t("home.host", { name: seminar.hostName })} · <When at={seminar.startsAt} /></div>
            </div>
            {open(seminar.state) && <LinkButton to={`/seminars/${seminar.id}/room`} weight="danger">{t("home.enter")}</LinkButton>}
          </li>
        ))}
        {preps.map((prep) => (
          <li key={prep.lessonId}>
            <Tag tone={TONE[prep.state] ?? "plain"}>{t(`prepState.${prep.state}`)}</Tag>
            <div className="min-w-0 flex-1">
              <Link to={`/lessons/${prep.lessonId}`} className="font-semibold">{prep.title}</Link>
              <div className="text-small text-ink-2">
                {[prep.group, prep.lead && t("home.prepLead", { name: prep.lead })].filter(Boolean).join(" · ")}
                {prep.draftDue && <> · {t("home.draftDue")} <When at={prep.draftDue} /></>}
              </div>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
