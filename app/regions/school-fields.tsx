import { useTranslation } from "react-i18next";
import type { Problems } from "../http/problems.ts";
import { Check, Field, Select } from "../ui/field.tsx";

const KINDS = ["primary", "junior", "nine_year", "senior", "kindergarten", "special", "teaching_point"] as const;
const LOCALES = ["urban", "town", "rural"] as const;

interface Props {
  counties: readonly { id: string; name: string }[];
  typed: Partial<Record<"name" | "regionId" | "kind" | "locale" | "remote" | "smallRural", string>>;
  problems: Problems | undefined;
}

export function SchoolFields({ counties, typed, problems }: Props) {
  const { t } = useTranslation("regions");
  return (
    <>
      <Field name="name" label={t("school.name")} problems={problems} defaultValue={typed.name} maxLength={60} required />
      <Select name="regionId" label={t("school.county")} problems={problems} defaultValue={typed.regionId ?? ""} required>
        {counties.length !== 1 && <option value="">—</option>}
        {counties.map((county) => <option key={county.id} value={county.id}>{county.name}</option>)}
      </Select>
      <div className="grid gap-4 sm:grid-cols-2">
        <Select name="kind" label={t("school.kind")} problems={problems} defaultValue={typed.kind ?? "primary"}>
          {KINDS.map((kind) => <option key={kind} value={kind}>{t(`kind.${kind}`)}</option>)}
        </Select>
        <Select name="locale" label={t("school.locale")} problems={problems} defaultValue={typed.locale ?? "town"}>
          {LOCALES.map((locale) => <option key={locale} value={locale}>{t(`locale.${locale}`)}</option>)}
        </Select>
      </div>
      <fieldset>
        <legend className="font-medium">{t("school.tags")}</legend>
        <Check name="remote" label={t("remote")} defaultChecked={typed.remote === "on"} />
        <Check name="smallRural" label={t("smallRural")} defaultChecked={typed.smallRural === "on"} />
      </fieldset>
    </>
  );
}
