import { useTranslation } from "react-i18next";
import type { Problems } from "../http/problems.ts";
import { Field, Select } from "../ui/field.tsx";

export function GroupFields({ typed, problems }: { typed: Partial<Record<"name" | "kind" | "capacity", string>>; problems: Problems | undefined }) {
  const { t } = useTranslation("studios");
  return (
    <>
      <Field name="name" label={t("groups.name")} problems={problems} defaultValue={typed.name} maxLength={40} required />
      <Select name="kind" label={t("groups.kind")} problems={problems} defaultValue={typed.kind ?? "prep"}>
        <option value="prep">{t("groups.prep")}</option>
        <option value="research">{t("groups.research")}</option>
      </Select>
      <Field name="capacity" type="number" inputMode="numeric" min={0} max={10000} label={t("groups.capacity")} help={t("groups.capacityHelp")} problems={problems} defaultValue={typed.capacity} optional />
    </>
  );
}
