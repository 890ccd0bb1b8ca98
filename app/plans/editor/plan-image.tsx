import { useLexicalComposerContext } from "@lexical/react/LexicalComposerContext";
import { useLexicalEditable } from "@lexical/react/useLexicalEditable";
import { useLexicalNodeSelection } from "@lexical/react/useLexicalNodeSelection";
import { $getNodeByKey, type NodeKey } from "lexical";
import type { FocusEvent } from "react";
import { useTranslation } from "react-i18next";
import { Picture } from "../picture.tsx";
import { $isImageNode } from "./nodes.ts";

interface PlanImageProps {
  nodeKey: NodeKey;
  attachmentId: string;
  alt: string;
  width: number | null;
}

/** A picture in the text. Clicked, it shows its description to write, and can be taken out. */
export function PlanImage({ nodeKey, attachmentId, alt, width }: PlanImageProps) {
  const [editor] = useLexicalComposerContext();
  const editable = useLexicalEditable();
  const { t } = useTranslation("editor");
  const [selected, setSelected] = useLexicalNodeSelection(nodeKey);
  const describe = (event: FocusEvent<HTMLInputElement>) => {
    const words = event.target.value.trim();
    if (words !== alt) editor.update(() => { const image = $getNodeByKey(nodeKey); if ($isImageNode(image)) image.describe(words); });
  };
  const remove = () => editor.update(() => $getNodeByKey(nodeKey)?.remove());
  return (
    <>
      <Picture attachmentId={attachmentId} alt={alt || t("image.alt")} {...(width === null ? {} : { width })} data-selected={selected} draggable={false} onClick={() => editable && setSelected(true)} />
      {editable && selected && (
        <figcaption className="plan-image-tools">
          <input defaultValue={alt} aria-label={t("image.describe")} placeholder={t("image.describeHint")} maxLength={200} onBlur={describe} />
          <button type="button" onClick={remove}>{t("image.remove")}</button>
        </figcaption>
      )}
    </>
  );
}
