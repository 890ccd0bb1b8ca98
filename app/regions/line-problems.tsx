import { useTranslation } from "react-i18next";
import type { LineProblem } from "./school-table.ts";

const SHOWN = 50;

/** Every faulty line of a table, with what stood there. */
export function LineProblems({ lines }: { lines: readonly LineProblem[] }) {
  const { t } = useTranslation("regions");
  return (
    <div className="rounded-round border border-hairline bg-sheet px-4 py-3 text-small">
      <ul className="grid gap-1">
        {lines.slice(0, SHOWN).map((line) => (
          <li key={`${line.line} ${line.problem}`} className="flex gap-3">
            <b className="shrink-0">{t("import.line", { line: line.line })}</b>
            <span className="min-w-0">{t(`import.problem.${line.problem}`, { value: line.value ?? "" })}</span>
          </li>
        ))}
      </ul>
      {lines.length > SHOWN && <p className="mt-2 text-ink-2">{t("import.more", { count: lines.length - SHOWN })}</p>}
    </div>
  );
}
