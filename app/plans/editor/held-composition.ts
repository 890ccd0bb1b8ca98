import { syncLexicalUpdateToYjs, type Binding, type Provider } from "@lexical/yjs";
import { SKIP_COLLAB_TAG, type LexicalEditor, type UpdateListenerPayload } from "lexical";
import { $characterAt } from "./anchor.ts";
import { gather, type GatheredUpdates } from "./gathered-updates.ts";
import { localChange, type LocalChange } from "./local-change.ts";
import { $elementByKey, $where, type Where } from "./section-text.ts";
import type { SectionView } from "./section-view.ts";
import { $settle, type Neighbours } from "./settle-change.ts";

export interface BoundSection {
  editor: LexicalEditor;
  binding: Binding;
  provider: Provider;
  view: SectionView;
}

/**
 * While an input method is open, the section is frozen in both directions: what others write waits in the view, and the letters so far
 * reach neither the document nor another screen. At the end the others' edits come first, and the person's text goes on top of them.
 * So the editor never changes under an open composition (Lexical 0.52 loses text then), and the view changes only while it equals the
 * editor's state, which is why the document converges as any Yjs document does.
 */
export class HeldComposition {
  readonly #section: BoundSection;
  #open = false;
  #ended = false;
  #settling = false;
  #gathered: GatheredUpdates | null = null;
  #beginning: (Where & Neighbours) | null = null;

  constructor(section: BoundSection) {
    this.#section = section;
  }

  get isOpen(): boolean {
    return this.#open;
  }

  /** Open, or just being settled: not the time to move the caret. */
  get isBusy(): boolean {
    return this.#open || this.#settling;
  }

  begin(): void {
    if (this.#open && this.#ended) {
      // The next composition began before the last was settled: write that one, and go on holding.
      this.#write();
      this.#beginning = this.#here();
    } else if (!this.#open) {
      this.#beginning = this.#here();
      this.#open = true;
      this.#section.view.hold();
      this.#section.provider.awareness.setLocalStateField("composing", true);
    }
    this.#ended = false;
  }

  /** The browser says that it ended; the editor may still be at it. */
  end(): void {
    this.#ended = true;
  }

  /** Takes a local update that the document must not hear of yet; false when none is being held. */
  takes(update: UpdateListenerPayload): boolean {
    if (this.#open) this.#gathered = gather(this.#gathered, update);
    return this.#open;
  }

  /** Settles what was composed. Does nothing when no composition is open. */
  finish(): void {
    if (!this.#open) return;
    const { editor, view, provider } = this.#section;
    provider.awareness.setLocalStateField("composing", false);
    const gathered = this.#gathered;
    const change = gathered && view.touched ? localChange(gathered.since, editor.getEditorState()) : "larger";
    this.#open = false;
    if (!gathered || change === "larger") {
      // Nobody touched the section, or more was done than one replacement: then it is an ordinary concurrent edit.
      this.#write();
      view.release();
    } else this.#settle(gathered, change);
  }

  #settle(gathered: GatheredUpdates, change: LocalChange | "nothing"): void {
    const { editor, view, binding, provider } = this.#section;
    this.#gathered = null;
    editor.setEditorState(gathered.since, { tag: SKIP_COLLAB_TAG });
    // A position of one's own that is older than what now arrives would make the binding throw.
    const own = provider.awareness.getLocalState();
    if (own) provider.awareness.setLocalState({ ...own, anchorPos: null, focusPos: null });
    this.#settling = true;
    view.release();
    // What arrived must be committed by itself: the next update would inherit its collaboration tag and never be written.
    editor.update(() => undefined, { discrete: true });
    this.#settling = false;
    if (change === "nothing" || (change.text === "" && change.start === change.end)) return;
    editor.update(() => $settle(binding, change, this.#neighboursOf(change)), { discrete: true });
  }

  /** The characters around the change, if it is where the composition began. */
  #neighboursOf(change: LocalChange): Neighbours {
    const from = this.#beginning;
    if (!from || change.key !== from.key || change.start !== from.start || change.end !== from.end) return { left: null, right: null };
    return { left: from.left, right: from.right };
  }

  #write(): void {
    const { editor, binding, provider } = this.#section;
    const gathered = this.#gathered;
    this.#gathered = null;
    if (gathered) {
      syncLexicalUpdateToYjs(binding, provider, gathered.since, editor.getEditorState(), gathered.elements, gathered.leaves, gathered.normalized, new Set());
    }
  }

  #here(): (Where & Neighbours) | null {
    const { editor, binding } = this.#section;
    return editor.getEditorState().read(() => {
      const where = $where();
      const block = where && $elementByKey(where.key);
      return where && block && { ...where, left: $characterAt(binding, block, where.start - 1, -1), right: $characterAt(binding, block, where.end, 0) };
    });
  }
}
