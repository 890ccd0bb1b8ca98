import { listWritten } from "#db/jobs.ts";
import type { Db } from "#db/types.ts";
import type { SearchDocument, SearchEngine } from "#search/engine.ts";
import { reindex } from "#search/reindex.ts";
import { everything, indexEach } from "./index-document.server.ts";

/** A job is written in the transaction of its act: it may be dated so many milliseconds before anybody can see it. */
const longestAct = 60_000;

/**
 * Makes the whole index anew from the rows, beside the one in use, and swaps. What other processes stored in the old one meanwhile is in the
 * outbox, and is gone through once more after the swap.
 *
 * @throws what the signal was aborted for before the swap: the index in use stays as it was
 */
export async function rebuildIndex(db: Db, engine: SearchEngine, signal: AbortSignal, now = new Date()): Promise<void> {
  await reindex(engine, until(signal, everything(db)));
  // Also after a swap that the signal came too late for: nobody else goes through it again.
  const written = await listWritten(db, "search.index", new Date(now.getTime() - longestAct));
  await indexEach(db, engine, [...new Map(written.map((one) => [one.id, one])).values()]);
}

async function* until(signal: AbortSignal, documents: AsyncIterable<SearchDocument>): AsyncGenerator<SearchDocument> {
  for await (const document of documents) {
    signal.throwIfAborted();
    yield document;
  }
}
