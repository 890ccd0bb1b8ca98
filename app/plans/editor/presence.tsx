import { useTranslation } from "react-i18next";
import type { PeopleHere, PersonHere } from "./people-here.ts";

const MOST_FACES = 5;

/** The faces of who else is here, those who write before those who read. */
export function Presence({ people, unnamed }: PeopleHere) {
  const { t } = useTranslation("editor");
  const count = people.length + unnamed;
  if (count === 0) return null;
  const ordered = [...people].sort((a, b) => Number(b.sections.length > 0) - Number(a.sections.length > 0));
  const writing = people.filter(({ sections }) => sections.length > 0).length;
  return (
    <div className="plan-people">
      <ul>
        {ordered.slice(0, MOST_FACES).map(({ id, name, ink, writes }) => {
          const label = writes ? name : t("presence.reading", { name });
          return <li key={id} className={`plan-face plan-ink-${ink}`} title={label}><span aria-hidden>{[...name][0] ?? "·"}</span><span className="plan-unseen">{label}</span></li>;
        })}
      </ul>
      {count > MOST_FACES && <span>{t("presence.more", { count: count - Math.min(people.length, MOST_FACES) })}</span>}
      <span>{writing > 0 ? t("presence.writing", { count: writing }) : t("presence.here", { count })}</span>
    </div>
  );
}

/** Beside a section's title: who writes in it. */
export function WritersIn({ section, people }: { section: string; people: readonly PersonHere[] }) {
  const { t } = useTranslation("editor");
  const names = people.filter(({ sections }) => sections.includes(section)).map(({ name }) => name);
  if (names.length === 0) return null;
  return <span className="plan-writers">{t("presence.inSection", { names: names.join(t("presence.separator")) })}</span>;
}
