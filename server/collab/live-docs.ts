import * as Y from "yjs";

/** The documents that are open in this process, from before their log is read until they are unloaded. */
export class LiveDocs {
  readonly #open = new Map<string, Y.Doc>();

  opened(docId: string, doc: Y.Doc): void {
    this.#open.set(docId, doc);
  }

  closed(docId: string, doc: Y.Doc): void {
    if (this.#open.get(docId) === doc) this.#open.delete(docId);
  }

  find(docId: string): Y.Doc | undefined {
    return this.#open.get(docId);
  }

  idOf(doc: Y.Doc): string | undefined {
    for (const [docId, open] of this.#open) if (open === doc) return docId;
    return undefined;
  }

  /**
   * Shows a committed update to everybody inside. Safe beside a load: a load that read the log before the commit is listed here since
   * before it read, and Yjs takes an update twice as once.
   */
  apply(docId: string, update: Uint8Array): void {
    const doc = this.#open.get(docId);
    // The origin is in Hocuspocus' form: without it the server would not know that it was itself.
    if (doc) Y.applyUpdate(doc, update, { source: "local" });
  }
}
