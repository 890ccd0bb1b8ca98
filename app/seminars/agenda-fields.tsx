import { useTranslation } from "react-i18next";

const ROWS = 6;

interface Props {
  typed: Partial<Record<string, string>>;
  sections: readonly { key: string; title: string }[];
}

/** The agenda as rows that work without scripts: some are always empty, and empty ones do not count. */
export function AgendaFields({ typed, sections }: Props) {
  const { t } = useTranslation("seminars");
  const column = (name: string) => typed[name]?.split("\n") ?? [];
  const [titles, minutes, keys] = [column("item"), column("itemMinutes"), column("itemSection")];
  const box = "min-h-touch w-full rounded-round border border-rule bg-sheet px-3 md:min-h-10";
  return (
    <fieldset className="grid gap-2">
      <legend className="font-medium">{t("form.agenda")}</legend>
      <p className="text-small text-ink-2">{t("form.agendaHelp")}</p>
      {Array.from({ length: Math.max(ROWS, titles.length + 2) }, (_, row) => (
        <div key={row} className="flex flex-wrap gap-2">
          <input name="item" aria-label={t("form.item", { n: row + 1 })} placeholder={t("form.item", { n: row + 1 })} defaultValue={titles[row]} maxLength={100} className={`${box} min-w-0 flex-1 basis-52`} />
          <input name="itemMinutes" type="number" min={1} max={480} aria-label={`${t("form.item", { n: row + 1 })} · ${t("form.minutes")}`} placeholder={t("form.minutes")} defaultValue={minutes[row]} className={`${box} max-w-24`} />
          {sections.length > 0 && (
            <select name="itemSection" aria-label={`${t("form.item", { n: row + 1 })} · ${t("form.section")}`} defaultValue={keys[row] ?? ""} className={`${box} sm:max-w-48`}>
              <option value="">{t("form.noSection")}</option>
              {sections.map((section) => <option key={section.key} value={section.key}>{section.title}</option>)}
            </select>
          )}
        </div>
      ))}
    </fieldset>
  );
}
