import { useLexicalComposerContext } from "@lexical/react/LexicalComposerContext";
import { $insertNodes, COMMAND_PRIORITY_CRITICAL, DROP_COMMAND, mergeRegister, PASTE_COMMAND } from "lexical";
import { type RefObject, useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { $createImageNode } from "./nodes.ts";

interface ImageUploadsProps {
  picker: RefObject<HTMLInputElement>;
  upload: (file: File) => Promise<{ attachmentId: string }>;
}

/** Pictures that are picked, pasted or dropped are sent to the plan's attachments, and stand in the text when they are there. */
export function ImageUploads({ picker, upload }: ImageUploadsProps) {
  const [editor] = useLexicalComposerContext();
  const { t } = useTranslation("editor");
  const [sending, setSending] = useState(0);
  const [problem, setProblem] = useState<string | null>(null);

  const send = useCallback(async (files: readonly File[]) => {
    setProblem(null);
    for (const file of files) {
      setSending((count) => count + 1);
      try {
        const { attachmentId } = await upload(file);
        editor.update(() => $insertNodes([$createImageNode(attachmentId, withoutEnding(file.name))]));
      } catch (error) {
        setProblem(t("image.failed", { reason: error instanceof Error && error.message !== "" ? error.message : t("image.unknown") }));
      } finally {
        setSending((count) => count - 1);
      }
    }
  }, [editor, upload, t]);

  useEffect(() => {
    const take = (event: Event): boolean => {
      const files = [...((event instanceof ClipboardEvent ? event.clipboardData : event instanceof DragEvent ? event.dataTransfer : null)?.files ?? [])].filter(({ type }) => type.startsWith("image/"));
      // Word puts a picture of the text beside the text: then the text is meant.
      if (files.length === 0 || (event instanceof ClipboardEvent && (event.clipboardData?.getData("text/plain") ?? "") !== "")) return false;
      event.preventDefault();
      void send(files);
      return true;
    };
    return mergeRegister(editor.registerCommand(PASTE_COMMAND, take, COMMAND_PRIORITY_CRITICAL), editor.registerCommand(DROP_COMMAND, take, COMMAND_PRIORITY_CRITICAL));
  }, [editor, send]);

  return (
    <>
      <input ref={picker} type="file" accept="image/*" multiple hidden tabIndex={-1} aria-label={t("tool.image")} onChange={(event) => { void send([...(event.target.files ?? [])]); event.target.value = ""; }} />
      {sending > 0 && <p className="plan-image-note" role="status">{t("image.uploading")}</p>}
      {problem && <p className="plan-image-note" role="alert">{problem}</p>}
    </>
  );
}

function withoutEnding(fileName: string): string {
  return fileName.replace(/\.\w{1,5}$/, "").slice(0, 80);
}
