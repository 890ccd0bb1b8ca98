import { useTranslation } from "react-i18next";

const STAGES = ["discussion", "revision", "finalised", "taught", "reflecting", "archived", "individual_draft", "cancelled"] as const;

/** The name of a version in the page's language: stages are kept as `discussion.1`, names given by people as they are. */
export function useVersionName(): (version: { kind: string; name: string }) => string {
  const { t } = useTranslation("plans");
  return (version) => {
    const [stage, round] = version.name.split(".");
    const known = version.kind === "stage" ? STAGES.find((one) => one === stage) : undefined;
    if (!known) return version.name || t("version.auto");
    return Number(round) > 1 ? `${t(`version.stage.${known}`)} · ${t("version.round", { n: Number(round) })}` : t(`version.stage.${known}`);
  };
}
