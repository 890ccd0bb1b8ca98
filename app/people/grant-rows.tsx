import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Face } from "../ui/face.tsx";

interface Grant {
  id: string;
  personId: string;
  name: string;
  role: "teaching_researcher" | "school_coordinator" | "region_admin" | "credit_auditor" | "moderator" | "data_protection_officer" | "system_operator";
  place: string;
}

/** Who holds which office over what, each with the way to end it. */
export function GrantRows({ grants }: { grants: readonly Grant[] }) {
  const { t } = useTranslation("regions");
  if (grants.length === 0) return <p className="text-small text-ink-2">{t("grants.nobody")}</p>;
  return (
    <ul className="rows">
      {grants.map((grant) => (
        <li key={grant.id}>
          <Face name={grant.name} id={grant.personId} />
          <div className="min-w-0 flex-1">
            {grant.name}
            <div className="text-small text-ink-3">{[t(`grants.role.${grant.role}`), grant.place].filter(Boolean).join(" · ")}</div>
          </div>
          <Link to={`/operations/grants/${grant.id}/end`} className="inline-flex min-h-touch items-center text-small md:min-h-0" aria-label={`${t("grants.end")}: ${grant.name}`}>{t("grants.end")}</Link>
        </li>
      ))}
    </ul>
  );
}
