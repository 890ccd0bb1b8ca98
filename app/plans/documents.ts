import type { SectionContent } from "#db/schema/documents.ts";

export type { SectionContent };

/** What the product needs of collaborative documents. `server/collab` keeps the promise. */
export interface Documents {
  /**
   * The state of a new document that holds these sections, made by the server, which alone creates content:
   * two clients that seed the same text would double it.
   */
  stateOf(sections: readonly SectionContent[]): Promise<DocState>;
  /** Everything acknowledged so far, sections in their order. Throws when the log cannot be read; never an empty document instead. */
  read(docId: string): Promise<{ state: Uint8Array; sections: SectionContent[] }>;
  /** Replaces whole sections in the live document as one forward change that everybody inside sees. `by` null: the platform. */
  write(docId: string, sections: readonly SectionContent[], by: string | null): Promise<void>;
}

export interface DocState {
  bytes: Uint8Array;
  /** Yjs client ids of the structs in it: they belong to the platform. */
  clientIds: number[];
}
