import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Tag } from "../ui/tag.tsx";
import { When } from "../ui/when.tsx";

interface Props {
  application: { id: string; personId: string; name: string; school: string | null; county: string | null; verified: boolean; message: string; state: string; createdAt: Date | string };
}

/** Somebody who would like to join, with a box to choose them. */
export function ApplicationRow({ application }: Props) {
  const { t } = useTranslation("studios");
  const { id, name, county, school, verified, message, state, createdAt } = application;
  return (
    <li>
      <label className="grid size-11 shrink-0 cursor-pointer place-items-center">
        <input type="checkbox" name="id" value={id} aria-label={t("applications.pick", { name })} className="size-4 accent-cinnabar" />
      </label>
      <div className="min-w-0 flex-1">
        <Link to={`/people/${application.personId}`} className="font-medium">{name}</Link> {state === "waitlisted" && <Tag tone="mind">{t("applications.waitlisted")}</Tag>} {!verified && <Tag tone="mind">{t("applications.unverified")}</Tag>}
        <div className="text-small text-ink-3">{[county, school].filter(Boolean).join(" · ")} · <When at={createdAt} as="day" /></div>
        {message && <p className="text-small whitespace-pre-line text-ink-2">{message}</p>}
        {!verified && <p className="text-small text-ink-3">{t("applications.unverifiedHelp")}</p>}
      </div>
    </li>
  );
}
