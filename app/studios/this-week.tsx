import { useTranslation } from "react-i18next";

/** Kinds that say something to everybody of a studio, in the order of the chain. */
const SHOWN = ["prep.note_submitted", "prep.commented", "prep.stage_moved", "prep.lead_completed", "seminar.hosted", "seminar.attended", "lesson.taught", "lesson.reflection", "resource.published"] as const;

/** What was done here since Monday, in one sentence: people are people, and acts are acts. */
export function ThisWeek({ week, quiet }: { week: { people: number; acts: readonly { kind: string; n: number }[] }; quiet: boolean }) {
  const { t } = useTranslation("studios");
  const done = SHOWN.flatMap((kind) => {
    const n = week.acts.find((one) => one.kind === kind)?.n ?? 0;
    return n > 0 ? [t(`week.${kind.replace(".", "_") as "lesson_taught"}`, { count: n })] : [];
  });
  return (
    <section className={quiet ? "mt-5" : "mt-8"}>
      <h2>{t("week.title")}</h2>
      <p className="mt-1 text-ink-2">{done.length === 0 ? t("week.nothing") : t("week.people", { count: week.people, done: done.join(t("week.comma")) })}</p>
    </section>
  );
}
