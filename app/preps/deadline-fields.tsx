import { useTranslation } from "react-i18next";
import type { Problems } from "../http/problems.ts";
import { Field } from "../ui/field.tsx";
import { DEADLINE_STAGES } from "./deadline-stages.ts";

/** One day for each stage. */
export function DeadlineFields({ days, problems }: { days: Partial<Record<string, string>>; problems: Problems | undefined }) {
  const { t } = useTranslation("preps");
  return (
    <fieldset className="grid gap-3">
      <legend className="font-medium">{t("new.deadlines")}</legend>
      <p className="text-small text-ink-2">{t("new.deadlinesHelp")}</p>
      <div className="grid items-start gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {DEADLINE_STAGES.map((stage) => <Field key={stage} name={stage} type="date" label={t(`deadline.${stage}`)} problems={problems} defaultValue={days[stage]} optional={stage !== "draft"} />)}
      </div>
    </fieldset>
  );
}
