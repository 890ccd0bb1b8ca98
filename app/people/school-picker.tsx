import { useFetcher } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Select } from "../ui/field.tsx";
import type { SchoolChoices } from "./school-choices.server.ts";

interface Props extends SchoolChoices {
  school: string | null | undefined;
}

/** County first, then its schools. Without scripts the county's schools come by its own small button. */
export function SchoolPicker({ counties, county, schools, school }: Props) {
  const { t } = useTranslation("people");
  const later = useFetcher<SchoolChoices>();
  const shown = later.data?.schools ?? schools;
  const cities = [...new Set(counties.map((one) => one.city))];
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <div className="grid gap-1">
        <Select name="county" label={t("register.county")} defaultValue={county ?? ""} optional onChange={(event) => later.load(`/places/schools?county=${encodeURIComponent(event.currentTarget.value)}`)}>
          <option value="">—</option>
          {cities.map((city) => (
            <optgroup key={city} label={city}>
              {counties.filter((one) => one.city === city).map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}
            </optgroup>
          ))}
        </Select>
        <noscript>
          <button type="submit" formMethod="get" formNoValidate className="text-small underline">{t("register.showSchools")}</button>
        </noscript>
      </div>
      <Select key={later.data?.county ?? county ?? ""} name="school" label={t("register.school")} defaultValue={school ?? ""} optional disabled={shown.length === 0}>
        <option value="">{t("register.schoolLater")}</option>
        {shown.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}
      </Select>
    </div>
  );
}
