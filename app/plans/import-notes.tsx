import { useSearchParams } from "@remix-run/react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../ui/button.tsx";
import { IMPORT_NOTES, type ImportNote } from "./word.ts";

/** The plan's page with what its reader should know of an import. */
export function pageWithNotes(planId: string, notes: readonly ImportNote[]): string {
  return `/plans/${planId}?imported=${notes.join(".")}`;
}

/** What became of a Word file that was just laid in: said once, until it is put away. Stands outside of the sheet, which is made anew when the editor comes. */
export function ImportNotes() {
  const { t } = useTranslation("files");
  const [search, setSearch] = useSearchParams();
  const asked = search.get("imported");
  const [shown, setShown] = useState(asked);
  useEffect(() => {
    if (asked === null) return;
    // The address forgets it, so that neither a reload nor a link that is passed on says it again.
    setShown(asked);
    setSearch((before) => { before.delete("imported"); return before; }, { replace: true, preventScrollReset: true });
  }, [asked, setSearch]);
  if (shown === null) return null;
  const notes = IMPORT_NOTES.filter((note) => shown.split(".").includes(note));
  return (
    <section role="status" aria-label={t("imported.title")} className="no-print flex flex-wrap items-start justify-between gap-x-6 gap-y-2 rounded-round border border-rule bg-sheet p-4 lg:col-span-full">
      <div className="min-w-0 flex-1 basis-64">
        <p className="font-semibold">{t("imported.title")}</p>
        {notes.length > 0 && <ul className="mt-1 list-disc pl-5 text-small text-ink-2">{notes.map((note) => <li key={note}>{t(`notes.${note}`)}</li>)}</ul>}
      </div>
      <Button type="button" onClick={() => setShown(null)}>{t("imported.dismiss")}</Button>
    </section>
  );
}
