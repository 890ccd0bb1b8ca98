import { useTranslation } from "react-i18next";
import type { Problems } from "../http/problems.ts";
import { STAGES, SUBJECTS } from "../people/teaching.ts";
import { Check, Field, Select, TextArea } from "../ui/field.tsx";
import { RegionOptions } from "../regions/region-options.tsx";

/** Every field as the text that stands in it: what was typed, or what is kept. */
export type StudioTyped = Partial<Record<"name" | "intro" | "level" | "regionId" | "stages" | "subject" | "masterName" | "masterId" | "subjectLead" | "youngTeacher" | "trainee" | "recruitPolicy", string>>;

interface Props {
  typed: StudioTyped;
  problems: Problems | undefined;
}

const POLICIES = ["open", "approve", "invite", "closed"] as const;
const LEVELS = ["province", "city", "county"] as const;

/** What stays open to a studio at work. */
export function ProfileFields({ typed, problems }: Props) {
  const { t } = useTranslation("studios");
  return (
    <>
      <Field name="name" label={t("form.name")} help={t("form.nameHelp")} problems={problems} defaultValue={typed.name} required />
      <TextArea name="intro" label={t("form.intro")} help={t("form.introHelp")} problems={problems} defaultValue={typed.intro} rows={2} maxLength={300} optional />
      <Select name="recruitPolicy" label={t("form.recruit")} problems={problems} defaultValue={typed.recruitPolicy ?? "approve"}>
        {POLICIES.map((policy) => <option key={policy} value={policy}>{t(`recruit.${policy}`)}</option>)}
      </Select>
    </>
  );
}

export function QuotaFields({ typed, problems }: Props) {
  const { t } = useTranslation("studios");
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      <Field name="subjectLead" type="number" inputMode="numeric" min={1} max={99} label={t("form.leadQuota")} problems={problems} defaultValue={typed.subjectLead ?? "10"} required />
      <Field name="youngTeacher" type="number" inputMode="numeric" min={0} max={999} label={t("form.youngQuota")} problems={problems} defaultValue={typed.youngTeacher ?? "20"} required />
      <Field name="trainee" type="number" inputMode="numeric" min={0} max={100000} label={t("form.traineeQuota")} placeholder={t("form.traineeHelp")} problems={problems} defaultValue={typed.trainee} />
    </div>
  );
}

/** A draft in whole: who, what, where. */
export function DraftFields({ typed, problems, regions, namesakes }: Props & { regions: readonly { id: string; name: string; level: string }[]; namesakes: readonly { id: string; name: string; school: string; county: string }[] }) {
  const { t } = useTranslation("studios");
  const { t: common } = useTranslation();
  const stages = (typed.stages ?? "primary").split("\n");
  return (
    <>
      <ProfileFields typed={typed} problems={problems} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Select name="level" label={t("form.level")} problems={problems} defaultValue={typed.level ?? "county"}>
          {LEVELS.map((level) => <option key={level} value={level}>{t(`level.${level}`)}</option>)}
        </Select>
        <Select name="subject" label={t("form.subject")} problems={problems} defaultValue={typed.subject ?? "mathematics"}>
          {SUBJECTS.map((subject) => <option key={subject} value={subject}>{common(`subject.${subject}`)}</option>)}
        </Select>
      </div>
      <Select name="regionId" label={t("form.region")} help={t("form.regionHelp")} problems={problems} defaultValue={typed.regionId ?? ""} required>
        <option value="">—</option>
        <RegionOptions regions={regions} />
      </Select>
      <fieldset>
        <legend className="font-medium">{t("form.stages")}</legend>
        <div className="flex flex-wrap gap-x-6">
          {STAGES.map((stage) => <Check key={stage} name="stages" value={stage} label={common(`stage.${stage}`)} defaultChecked={stages.includes(stage)} />)}
        </div>
        {problems?.stages && <p className="text-small text-cinnabar">{common("form.missing")}</p>}
      </fieldset>
      <Field name="masterName" label={t("form.master")} help={t("form.masterHelp")} problems={problems} defaultValue={typed.masterName} maxLength={60} required />
      {namesakes.length > 0 && (
        <fieldset className="rounded-round bg-amber-wash px-4 py-3">
          <legend className="sr-only">{t("form.masterWhich")}</legend>
          <p className="font-medium">{t("form.masterWhich")}</p>
          {namesakes.map((person) => (
            <label key={person.id} className="flex min-h-touch items-center gap-3">
              <input type="radio" name="masterId" value={person.id} className="size-4 accent-cinnabar" required />
              <span>{person.name} <span className="text-small text-ink-2">{person.county} · {person.school}</span></span>
            </label>
          ))}
        </fieldset>
      )}
      <QuotaFields typed={typed} problems={problems} />
    </>
  );
}
