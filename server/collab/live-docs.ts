import * as Y from "yjs";

/** Where a change came from, in Hocuspocus' form: without it the server would not know that it was itself. */
const OUR_OWN = { source: "local" } as const;
/** From another process, which has kept it and asked for its projection. */
export const FROM_AFAR = { source: "redis" } as const;

/** The documents that are open in this process, from before their log is read until they are unloaded. */
export class LiveDocs {
  readonly #open = new Map<string, Y.Doc>();
  readonly #openedListeners: ((docId: string, doc: Y.Doc) => void)[] = [];

  opened(docId: string, doc: Y.Doc): void {
    this.#open.set(docId, doc);
    for (const listener of this.#openedListeners) listener(docId, doc);
  }

  /** Called for each document that is opened, before its log is read. */
  onOpened(listener: (docId: string, doc: Y.Doc) => void): void {
    this.#openedListeners.push(listener);
  }

  closed(docId: string, doc: Y.Doc): void {
    if (this.#open.get(docId) === doc) this.#open.delete(docId);
  }

  find(docId: string): Y.Doc | undefined {
    return this.#open.get(docId);
  }

  ids(): string[] {
    return [...this.#open.keys()];
  }

  idOf(doc: Y.Doc): string | undefined {
    for (const [docId, open] of this.#open) if (open === doc) return docId;
    return undefined;
  }

  /**
   * Shows a committed update to everybody inside. Safe beside a load: a load that read the log before the commit is listed here since
   * before it read, and Yjs takes an update twice as once.
   */
  apply(docId: string, update: Uint8Array, origin: typeof OUR_OWN | typeof FROM_AFAR = OUR_OWN): void {
    const doc = this.#open.get(docId);
    if (doc) Y.applyUpdate(doc, update, origin);
  }
}
