import { NavLink } from "@remix-run/react";
import { useTranslation } from "react-i18next";

/** The rooms of a system operator, each a way to the others. */
export function OperationsLinks() {
  const { t } = useTranslation("operations");
  const { t: regions } = useTranslation("regions");
  const { t: lessons } = useTranslation("lessons");
  const rooms = [["/operations", t("title")], ["/operations/people", regions("grants.operationsTitle")], ["/operations/curriculum", lessons("curriculum.title")]] as const;
  return (
    <p className="mt-1 flex flex-wrap gap-x-5">
      {rooms.map(([to, name]) => (
        <NavLink key={to} to={to} end className="inline-flex min-h-touch items-center text-ink-2 underline aria-[current=page]:text-ink aria-[current=page]:no-underline md:min-h-8">{name}</NavLink>
      ))}
    </p>
  );
}
