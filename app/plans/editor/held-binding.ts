import { createYjsBinding, initLocalState, setLocalStateFocus, syncCursorPositions, syncLexicalUpdateToYjs, syncYjsChangesToLexical, type Binding, type Provider, type ProviderAwareness } from "@lexical/yjs";
import { $getRoot, BLUR_COMMAND, COMMAND_PRIORITY_EDITOR, FOCUS_COMMAND, mergeRegister, REDO_COMMAND, SKIP_COLLAB_TAG, UNDO_COMMAND, type LexicalEditor } from "lexical";
import * as Y from "yjs";
import { HeldComposition } from "./held-composition.ts";
import type { Ink } from "./inks.ts";
import { keepCaret } from "./keep-caret.ts";
import { $where } from "./section-text.ts";
import { SectionView } from "./section-view.ts";
import { watchComposition } from "./watch-composition.ts";

export interface SectionBindingOptions {
  editor: LexicalEditor;
  plan: Y.Doc;
  /** Name of the section's root in the document. */
  section: string;
  awareness: ProviderAwareness;
  /** false: what others write is shown, nothing is written. */
  writes: boolean;
  me: { name: string; ink: Ink };
  /** Where carets of others are drawn: a positioned element that covers the editor. */
  carets: HTMLElement | null;
  forgottenAfter?: number;
}

export interface SectionBinding {
  binding: Binding;
  view: SectionView;
  isComposing(): boolean;
  /** Settles an open composition at once. */
  finish(): void;
  /** Lets go at once and writes nothing more: the editor is not to be trusted. */
  abandon(): void;
  /** Settles, lets go and leaves the editor empty. */
  destroy(): void;
}

type YEvents = Parameters<typeof syncYjsChangesToLexical>[2];

/** Joins one section's editor to the plan: Lexical's own binding on a replica, held while an input method is open. */
export function bindSection(options: SectionBindingOptions): SectionBinding {
  const { editor, section, awareness, me, writes } = options;
  const view = new SectionView(options.plan, section, writes);
  const id = section.replace(/[^\w-]/g, "-");
  const provider = providerOf(awareness);
  const binding = createYjsBinding({ editor, id, doc: view.doc, docMap: new Map([[id, view.doc]]), rootName: section });
  binding.cursorsContainer = options.carets;
  const composition = new HeldComposition({ editor, binding, provider, view });
  const undo = new Y.UndoManager(view.root, { trackedOrigins: new Set([binding]) });

  const toEditor = (events: YEvents, transaction: Y.Transaction) => {
    if (transaction.origin === binding) return;
    const byUndo = transaction.origin === undo;
    const isHere = !byUndo && !composition.isBusy && document.activeElement === editor.getRootElement();
    const caret = isHere ? editor.getEditorState().read(() => $where()) : null;
    syncYjsChangesToLexical(binding, provider, events, byUndo);
    if (caret && caret.start === caret.end) queueMicrotask(() => composition.isBusy || keepCaret(editor, caret));
  };
  const observe = toEditor as Parameters<typeof view.root.observeDeep>[0]; // the root is a text of texts, as the binding expects
  view.root.observeDeep(observe);

  const drawCarets = () => syncCursorPositions(binding, provider, { selectionHighlight: true });
  awareness.on("update", drawCarets);
  const stop = mergeRegister(
    writes ? toDocument(editor, binding, provider, composition) : () => undefined,
    watchComposition(editor, composition, options.forgottenAfter),
    undoCommands(editor, composition, undo),
    writes ? focusCommands(editor, provider, me) : () => undefined,
  );
  if (writes) initLocalState(provider, me.name, me.ink, document.activeElement === editor.getRootElement(), {});
  view.connect();

  let isBound = true;
  const letGo = () => {
    if (!isBound) return;
    isBound = false;
    awareness.off("update", drawCarets);
    if (writes) awareness.setLocalState(null);
    stop();
    view.root.unobserveDeep(observe);
    undo.destroy();
    removeCarets(binding, provider);
    binding.root.destroy(binding);
    view.destroy();
  };
  return {
    binding,
    view,
    isComposing: () => composition.isOpen,
    finish: () => composition.finish(),
    abandon: letGo,
    destroy() {
      if (!isBound) return;
      composition.finish();
      letGo();
      editor.update(() => $getRoot().clear(), { tag: SKIP_COLLAB_TAG });
    },
  };
}

function toDocument(editor: LexicalEditor, binding: Binding, provider: Provider, composition: HeldComposition): () => void {
  return editor.registerUpdateListener((update) => {
    if (update.tags.has(SKIP_COLLAB_TAG) || composition.takes(update)) return;
    syncLexicalUpdateToYjs(binding, provider, update.prevEditorState, update.editorState, update.dirtyElements, update.dirtyLeaves, update.normalizedNodes, update.tags);
  });
}

/** Only one's own text of this section is taken back. */
function undoCommands(editor: LexicalEditor, composition: HeldComposition, undo: Y.UndoManager): () => void {
  const after = (act: () => unknown) => () => {
    composition.finish();
    act();
    return true;
  };
  return mergeRegister(
    editor.registerCommand(UNDO_COMMAND, after(() => undo.undo()), COMMAND_PRIORITY_EDITOR),
    editor.registerCommand(REDO_COMMAND, after(() => undo.redo()), COMMAND_PRIORITY_EDITOR),
  );
}

function focusCommands(editor: LexicalEditor, provider: Provider, me: { name: string; ink: Ink }): () => void {
  const tell = (focused: boolean) => () => {
    setLocalStateFocus(provider, me.name, me.ink, focused, {});
    return false;
  };
  return mergeRegister(
    editor.registerCommand(FOCUS_COMMAND, tell(true), COMMAND_PRIORITY_EDITOR),
    editor.registerCommand(BLUR_COMMAND, tell(false), COMMAND_PRIORITY_EDITOR),
  );
}

/** Carets and their highlights stay in the page otherwise. */
function removeCarets(binding: Binding, provider: Provider): void {
  syncCursorPositions(binding, provider, { getAwarenessStates: () => new Map() });
}

/** The binding asks of its provider nothing but the awareness. */
function providerOf(awareness: ProviderAwareness): Provider {
  const nothing = () => undefined;
  return { awareness, connect: nothing, disconnect: nothing, on: nothing, off: nothing };
}
