import { $getRoot, $isElementNode, $isLineBreakNode, $isTextNode, type LexicalEditor, type LexicalNode } from "lexical";
import * as Y from "yjs";
import { BLOCK_END } from "./section-text.ts";
import type { SectionBinding } from "./held-binding.ts";

const QUIET_MS = 1_500;

/**
 * When the binding fails in the middle of a change, editor and document part in silence, and the next key may write the editor's wrong
 * text into the document. This compares them whenever the section has been quiet, and says so when they differ twice.
 */
export function watchHealth(editor: LexicalEditor, section: SectionBinding, onSick: () => void, quiet = QUIET_MS): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let differedAt: string | null = null;
  const look = () => {
    if (section.isComposing() || editor.isComposing()) return wait();
    const shown = editor.getEditorState().read(() => $shownText());
    const kept = keptText(section.view.root);
    if (shown === kept) differedAt = null;
    else if (differedAt === shown + kept) onSick();
    else {
      differedAt = shown + kept;
      wait();
    }
  };
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(look, quiet);
  };
  const stop = editor.registerUpdateListener(({ dirtyElements, dirtyLeaves }) => {
    if (dirtyElements.size > 0 || dirtyLeaves.size > 0) wait();
  });
  section.view.doc.on("update", wait);
  wait();
  return () => {
    clearTimeout(timer);
    stop();
    section.view.doc.off("update", wait);
  };
}

export function $shownText(node: LexicalNode = $getRoot()): string {
  if ($isTextNode(node)) return node.getTextContent();
  if ($isElementNode(node)) return BLOCK_END + node.getChildren().map($shownText).join("");
  return $isLineBreakNode(node) ? "\n" : "";
}

/** The same of the document: elements are texts, a text node is a map followed by its characters, a line break is a map. */
export function keptText(text: Y.XmlText): string {
  const parts: { insert?: unknown }[] = text.toDelta();
  return BLOCK_END + parts.map(({ insert }) => partText(insert)).join("");
}

function partText(part: unknown): string {
  if (typeof part === "string") return part;
  if (part instanceof Y.XmlText) return keptText(part);
  return part instanceof Y.Map && part.get("__type") === "linebreak" ? "\n" : "";
}
