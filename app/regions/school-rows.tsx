import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Tag } from "../ui/tag.tsx";

interface School {
  id: string;
  name: string;
  kind: "primary" | "junior" | "nine_year" | "senior" | "kindergarten" | "special" | "teaching_point";
  locale: "urban" | "town" | "rural";
  remote: boolean;
  smallRural: boolean;
  region: string;
}

export function SchoolRows({ base, schools }: { base: string; schools: readonly School[] }) {
  const { t } = useTranslation("regions");
  return (
    <ul className="rows">
      {schools.map((school) => (
        <li key={school.id}>
          <div className="min-w-0 flex-1">
            <Link to={`${base}/schools/${school.id}`} className="font-medium">{school.name}</Link>
            <div className="flex flex-wrap items-center gap-x-2 text-small text-ink-3">
              {school.region} · {t(`kind.${school.kind}`)} · {t(`locale.${school.locale}`)}
              {school.remote && <Tag tone="people">{t("remote")}</Tag>}
              {school.smallRural && <Tag tone="people">{t("smallRural")}</Tag>}
            </div>
          </div>
          <Link to={`/schools/${school.id}/teachers`} className="inline-flex min-h-touch items-center text-small md:min-h-0">{t("home.teachers")}</Link>
        </li>
      ))}
    </ul>
  );
}
