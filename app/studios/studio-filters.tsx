import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { STAGES, SUBJECTS } from "../people/teaching.ts";
import { Button } from "../ui/button.tsx";
import { Field, Select } from "../ui/field.tsx";
import { RegionOptions } from "../regions/region-options.tsx";
import type { StudioFilterRead } from "./studio-filter.server.ts";

const LEVELS = ["province", "city", "county"] as const;

export function StudioFilters({ regions, filter }: { regions: readonly { id: string; name: string; level: string }[]; filter: StudioFilterRead }) {
  const { t } = useTranslation("studios");
  const { t: common } = useTranslation();
  const any = <option value="">{t("list.any")}</option>;
  return (
    <Form key={JSON.stringify(filter)} className="grid grid-cols-2 items-end gap-3 md:grid-cols-[repeat(4,minmax(0,1fr))_minmax(0,1.4fr)_auto]">
      <Select name="regionId" label={t("list.region")} defaultValue={filter.regionId ?? ""}>{any}<RegionOptions regions={regions} /></Select>
      <Select name="subject" label={t("list.subject")} defaultValue={filter.subject ?? ""}>
        {any}
        {SUBJECTS.map((subject) => <option key={subject} value={subject}>{common(`subject.${subject}`)}</option>)}
      </Select>
      <Select name="stage" label={t("list.stage")} defaultValue={filter.stage ?? ""}>
        {any}
        {STAGES.map((stage) => <option key={stage} value={stage}>{common(`stage.${stage}`)}</option>)}
      </Select>
      <Select name="level" label={t("list.level")} defaultValue={filter.level ?? ""}>
        {any}
        {LEVELS.map((level) => <option key={level} value={level}>{t(`level.${level}`)}</option>)}
      </Select>
      <Field name="name" type="search" label={t("list.name")} defaultValue={filter.name} maxLength={60} />
      <Button>{t("list.find")}</Button>
    </Form>
  );
}
