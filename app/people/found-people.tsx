import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { LinkButton } from "../ui/button.tsx";
import { Empty } from "../ui/empty.tsx";
import { Face } from "../ui/face.tsx";

/** Who was found, with where they teach, so that namesakes are told apart; `to` leads on to the appointment, `more` to what else can be done for or to them. */
export function FoundPeople({ asked, people, to, more }: { asked: string; people: readonly { id: string; name: string; school: string; county: string }[]; to: (personId: string) => string; more?: (personId: string) => readonly { to: string; label: string }[] }) {
  const { t } = useTranslation("regions");
  if (!asked) return null;
  if (people.length === 0) return <Empty title={t("grants.none")}>{t("grants.noneHelp")}</Empty>;
  return (
    <ul className="rows">
      {people.map((person, i) => (
        <li key={person.id}>
          <Face name={person.name} id={person.id} />
          <div className="min-w-0 flex-1">
            {person.name}
            <div className="text-small text-ink-3">{[person.county, person.school].filter(Boolean).join(" · ") || t("grants.noSchool")}</div>
            {more && (
              <div className="flex flex-wrap gap-x-4 text-small">
                {more(person.id).map((way) => <Link key={way.to} to={way.to} className="inline-flex min-h-touch items-center md:min-h-0" aria-label={`${way.label}: ${person.name}`}>{way.label}</Link>)}
              </div>
            )}
          </div>
          <LinkButton to={to(person.id)} weight={i === 0 && people.length === 1 ? "go" : "plain"}>{t("grants.appoint")}</LinkButton>
        </li>
      ))}
    </ul>
  );
}
