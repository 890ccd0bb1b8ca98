import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Face } from "../ui/face.tsx";
import { Tag } from "../ui/tag.tsx";
import type { LessonShown } from "./lesson-shown.ts";

/** Who prepares it, in which part, and what was answered. Never whose draft is in. */
export function LessonPeople({ prep }: { prep: NonNullable<LessonShown["prep"]> }) {
  const { t } = useTranslation("preps");
  const { t: lessons } = useTranslation("lessons");
  const acts = [
    prep.may.includes("replaceLead") && { to: "lead", words: t("lead.title") },
    prep.may.includes("changeParticipants") && { to: "participants", words: t("participants.title") },
    prep.may.includes("moveDeadlines") && { to: "deadlines", words: t("deadlines.title") },
    prep.may.includes("cancel") && { to: "cancel", words: t("cancel.title") },
  ].filter((act) => act !== false);
  return (
    <section>
      <h2>{lessons("one.people")}</h2>
      <ul className="mt-2 grid gap-3">
        {prep.participants.map((one) => (
          <li key={one.personId} className="flex items-center gap-3">
            <Face name={one.name} id={one.personId} />
            <span className="min-w-0">
              <Link to={`/people/${one.personId}`} className="font-medium">{one.name}</Link> <span className="text-small text-ink-2">{t(`part.${one.part}`)}</span>
              {one.answer !== "accepted" && <> <Tag tone={one.answer === "waiting" ? "mind" : "plain"}>{t(`answerOf.${one.answer}`)}</Tag></>}
              {one.confirmed && <> <Tag tone="done">{lessons("one.confirmedBy")}</Tag></>}
            </span>
          </li>
        ))}
      </ul>
      {acts.length > 0 && (
        <details className="mt-4 text-small">
          <summary className="min-h-touch cursor-pointer py-2 text-ink-2">{t("acts")}</summary>
          <ul className="grid gap-1">{acts.map((act) => <li key={act.to}><Link to={`/preps/${prep.id}/${act.to}`} className="inline-flex min-h-touch items-center">{act.words}</Link></li>)}</ul>
        </details>
      )}
    </section>
  );
}
