import { useState } from "react";
import { useTranslation } from "react-i18next";
import { TextArea } from "../ui/field.tsx";
import type { Problems } from "../http/problems.ts";

interface CallFieldProps {
  label: string;
  help?: string;
  rows: number;
  /** Names that `@` can call. */
  names: readonly string[];
  problems?: Problems | undefined;
  defaultValue?: string | undefined;
  autoFocus?: boolean;
}

const MOST_OFFERED = 6;
/** What was typed of a name, at the caret. An input method may type the sign at full width. */
const CALL = /[@＠]([^\s@＠，。；：、]{0,20})$/u;

/** The words of a comment. After `@`, the people who can be called are offered, so that nobody has to type a name in full. */
export function CallField({ label, help, rows, names, problems, defaultValue, autoFocus }: CallFieldProps) {
  const { t } = useTranslation("plans");
  const [field, setField] = useState<HTMLTextAreaElement | null>(null);
  const [begun, setBegun] = useState<string | null>(null);
  const look = (area: HTMLTextAreaElement) => {
    setField(area);
    setBegun(CALL.exec(area.value.slice(0, area.selectionStart))?.[1] ?? null);
  };
  const offered = begun === null ? [] : names.filter((name) => name !== begun && name.includes(begun)).slice(0, MOST_OFFERED);
  const call = (name: string) => {
    if (!field || begun === null) return;
    field.focus();
    field.setRangeText(`${name} `, field.selectionStart - begun.length, field.selectionStart, "end");
    setBegun(null);
  };
  return (
    <div className="grid gap-2">
      <TextArea name="body" label={label} help={help} rows={rows} required maxLength={2000} problems={problems} defaultValue={defaultValue} autoFocus={autoFocus} onInput={(event) => look(event.currentTarget)} onKeyUp={(event) => look(event.currentTarget)} onClick={(event) => look(event.currentTarget)} />
      {offered.length > 0 && (
        <div role="group" aria-label={t("thread.call")} className="flex flex-wrap gap-2">
          {offered.map((name) => <button key={name} type="button" onMouseDown={(event) => event.preventDefault()} onClick={() => call(name)} className="min-h-touch rounded-round border border-rule bg-sheet px-3 text-small text-indigo hover:bg-well md:min-h-8">@{name}</button>)}
        </div>
      )}
    </div>
  );
}
