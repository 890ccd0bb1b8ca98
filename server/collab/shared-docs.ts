import { applyAwarenessUpdate, type Awareness, encodeAwarenessUpdate } from "y-protocols/awareness";
import * as Y from "yjs";
import { type DocUpdate, logMarks, readLog } from "#db/documents.ts";
import type { Db } from "#db/types.ts";
import type { Wire } from "../wire/wire.ts";
import { FROM_AFAR, type LiveDocs } from "./live-docs.ts";

export interface SharedDocs {
  /** Tells the other processes what has just been committed. */
  committed(batch: readonly DocUpdate[]): void;
}

/**
 * Documents that are open in several processes. The log is the truth: what is told over the line is only the quickest way to it, and wherever
 * words may have been lost, each process reads the log of its open documents again.
 */
export function shareDocs({ db, wire, live, report }: { db: Db; wire: Wire; live: LiveDocs; report(fault: unknown, doing: string): void }): SharedDocs {
  /** How long each open document's log was when it was last read as a whole. */
  const marks = new Map<string, string>();

  live.onOpened((docId, doc) => {
    const awareness = awarenessOf(doc);
    const tell = (clientIds: number[]) => {
      if (clientIds.length > 0) wire.say("doc.presence", { docId, states: base64(encodeAwarenessUpdate(awareness, clientIds)) });
    };
    awareness.on("update", ({ added, updated, removed }: Record<"added" | "updated" | "removed", number[]>, origin: unknown) => {
      if (origin !== FROM_AFAR) tell([...added, ...updated, ...removed]);
    });
    wire.say("doc.who", { docId });
  });

  wire.on("doc.updates", (batch) => {
    for (const { docId, update } of batch) live.apply(docId, bytes(update), FROM_AFAR);
  });
  wire.on("doc.presence", ({ docId, states }) => {
    const doc = live.find(docId);
    if (doc) applyAwarenessUpdate(awarenessOf(doc), bytes(states), FROM_AFAR);
  });
  wire.on("doc.who", ({ docId }) => {
    const doc = live.find(docId);
    const there = doc ? [...awarenessOf(doc).getStates().keys()] : [];
    if (doc && there.length > 0) wire.say("doc.presence", { docId, states: base64(encodeAwarenessUpdate(awarenessOf(doc), there)) });
  });

  let catching: Promise<void> | undefined;
  const catchUp = async () => {
    const open = live.ids();
    for (const docId of marks.keys()) if (!open.includes(docId)) marks.delete(docId);
    for (const [docId, mark] of await logMarks(db, open)) {
      if (marks.get(docId) === mark) continue;
      for (const update of await readLog(db, docId)) live.apply(docId, update, FROM_AFAR);
      marks.set(docId, mark);
    }
  };
  wire.onGap(() => {
    catching ??= catchUp()
      .catch((fault: unknown) => report(fault, "reading again what other processes wrote"))
      .finally(() => (catching = undefined));
  });

  return { committed: (batch) => wire.say("doc.updates", batch.map(({ docId, bytes }) => ({ docId, update: base64(bytes) }))) };
}

/** Hocuspocus' documents carry who is in them. */
function awarenessOf(doc: Y.Doc): Awareness {
  return (doc as Y.Doc & { awareness: Awareness }).awareness;
}

function base64(given: Uint8Array): string {
  return Buffer.from(given.buffer, given.byteOffset, given.byteLength).toString("base64");
}

function bytes(given: string): Uint8Array {
  return new Uint8Array(Buffer.from(given, "base64"));
}
