import { useLexicalComposerContext } from "@lexical/react/LexicalComposerContext";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { safeLink } from "../safe-link.ts";
import { addressHere, setLink } from "./text-tools.ts";

/** Asks for the address of a link on what is selected. */
export function LinkField({ onDone }: { onDone: () => void }) {
  const [editor] = useLexicalComposerContext();
  const { t } = useTranslation("editor");
  const [address, setAddress] = useState(() => editor.getEditorState().read(addressHere));
  const [unsafe, setUnsafe] = useState(false);
  const finish = (link: string | null) => {
    setLink(editor, link);
    editor.focus();
    onDone();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const link = safeLink(address);
    if (link) finish(link);
    else setUnsafe(true);
  };
  return (
    <form className="plan-link-field" onSubmit={submit} onKeyDown={(event) => event.key === "Escape" && finish(editor.getEditorState().read(addressHere) || null)}>
      <input autoFocus inputMode="url" value={address} aria-label={t("link.address")} aria-invalid={unsafe} placeholder={t("link.address")} onChange={(event) => setAddress(event.target.value)} />
      <button type="submit">{t("link.apply")}</button>
      <button type="button" onClick={() => finish(null)}>{t("link.remove")}</button>
      {unsafe && <p role="alert">{t("link.unsafe")}</p>}
    </form>
  );
}
