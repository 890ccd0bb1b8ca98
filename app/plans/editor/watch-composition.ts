import { $getSelection, $isRangeSelection, $isTextNode, type ElementNode, type LexicalEditor } from "lexical";
import type { HeldComposition } from "./held-composition.ts";

/** A composition without a key for so long is forgotten by its person, and the others wait for it. */
const FORGOTTEN_AFTER_MS = 15_000;
const LOOK_AGAIN_MS = 15;
const LOOKS = 8;

/** Tells the section when compositions begin and have really ended. Returns the way to stop. */
export function watchComposition(editor: LexicalEditor, composition: HeldComposition, forgottenAfter = FORGOTTEN_AFTER_MS): () => void {
  let ending: ReturnType<typeof setTimeout> | undefined;
  let forgotten: ReturnType<typeof setTimeout> | undefined;

  const alive = () => {
    clearTimeout(forgotten);
    forgotten = setTimeout(() => {
      if (!composition.isOpen) return;
      // Losing the focus makes the browser commit the letters as they are; then the person may type on.
      const root = editor.getRootElement();
      root?.blur();
      root?.focus();
      setTimeout(() => composition.finish(), 20);
    }, forgottenAfter);
  };
  const begin = () => {
    clearTimeout(ending);
    alive();
    composition.begin();
    stepOutOfLink(editor);
  };
  const settle = (looksLeft: number) => {
    // The editor takes a moment after the browser's event to be done with the composition itself.
    if (editor.isComposing() && looksLeft > 0) ending = setTimeout(settle, LOOK_AGAIN_MS, looksLeft - 1);
    else {
      clearTimeout(forgotten);
      composition.finish();
    }
  };
  const end = () => {
    if (!composition.isOpen) return;
    composition.end();
    clearTimeout(ending);
    ending = setTimeout(settle, 0, LOOKS);
  };

  const listeners = [["compositionstart", begin], ["compositionupdate", alive], ["compositionend", end], ["blur", end]] as const;
  const stopRoot = editor.registerRootListener((root, before) => {
    for (const [type, listener] of listeners) {
      before?.removeEventListener(type, listener, true);
      root?.addEventListener(type, listener, true);
    }
  });
  return () => {
    clearTimeout(ending);
    clearTimeout(forgotten);
    stopRoot();
  };
}

/**
 * Nothing is written into a link at its ends, and the browser puts the letters beside it, where the editor takes them away again as none of
 * its own. From a place between nodes the editor makes room for them itself. Where a key was pressed just before, it does so anyway; Safari's
 * keys come later, and who writes by hand or speaks presses none.
 */
function stepOutOfLink(editor: LexicalEditor): void {
  const beside = editor.getEditorState().read($besideLink);
  if (beside) editor.update(() => void beside.parent.select(beside.at, beside.at), { discrete: true });
}

/** The place before or behind a link at whose end the caret stands. */
function $besideLink(): { parent: ElementNode; at: number } | null {
  const selection = $getSelection();
  if (!$isRangeSelection(selection) || !selection.isCollapsed()) return null;
  const { offset } = selection.anchor;
  const text = selection.anchor.getNode();
  const link = text.getParent();
  const parent = link?.getParent();
  if (!$isTextNode(text) || !link?.isInline() || !parent) return null;
  const at = link.getIndexWithinParent();
  if (offset === 0 && !text.getPreviousSibling() && !link.canInsertTextBefore()) return { parent, at };
  if (offset === text.getTextContentSize() && !text.getNextSibling() && !link.canInsertTextAfter()) return { parent, at: at + 1 };
  return null;
}
