import { useTranslation } from "react-i18next";

/** Stage, subject and professional title, as far as somebody said them. */
export function TeachesWhat({ stages, subjects, titleRank }: { stages: readonly string[]; subjects: readonly string[]; titleRank: string | null }) {
  const { t } = useTranslation();
  const said = [...stages.map((stage) => t(`stage.${stage as "primary"}`)), ...subjects.map((subject) => t(`subject.${subject as "mathematics"}`)), titleRank ?? ""].filter(Boolean);
  return said.length > 0 ? <p className="text-small text-ink-3">{said.join(" · ")}</p> : null;
}
