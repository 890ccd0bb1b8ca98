import { useTranslation } from "react-i18next";
import type { Problems } from "../http/problems.ts";
import { Field, Select } from "../ui/field.tsx";

/** With which template a plan is begun, and for how many periods. */
export function TemplateFields({ templates, problems, templateId, periods }: { templates: readonly { id: string; name: string }[]; problems: Problems | undefined; templateId: string | undefined; periods: string }) {
  const { t } = useTranslation("lessons");
  return (
    <div className="grid items-end gap-5 md:grid-cols-2">
      <Select name="templateId" label={t("new.template")} problems={problems} defaultValue={templateId ?? templates[0]?.id}>
        {templates.map((template) => <option key={template.id} value={template.id}>{template.name}</option>)}
      </Select>
      <Field name="periods" type="number" min={1} max={12} label={t("new.periods")} help={t("new.periodsHelp")} problems={problems} defaultValue={periods} required />
    </div>
  );
}
