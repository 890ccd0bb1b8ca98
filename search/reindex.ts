import type { SearchDocument, SearchEngine } from "./engine.ts";

/** So many documents are handed over at a time. */
const batch = 200;

/**
 * Rebuilds the whole index from the truth, beside the one in use, and swaps. Searches go on; what is put or removed meanwhile is taken over.
 * Run twice it gives the same index. When it fails, the index in use stays as it was.
 *
 * @param documents all that should be found; read once, in any order
 * @returns how many documents were read
 */
export async function reindex(engine: SearchEngine, documents: AsyncIterable<SearchDocument> | Iterable<SearchDocument>): Promise<number> {
  const rebuild = await engine.beginRebuild();
  let count = 0;
  try {
    let waiting: SearchDocument[] = [];
    for await (const document of documents) {
      waiting.push(document);
      count++;
      if (waiting.length < batch) continue;
      await rebuild.put(waiting);
      waiting = [];
    }
    if (waiting.length) await rebuild.put(waiting);
    await rebuild.finish();
  } catch (error) {
    await rebuild.abandon();
    throw error;
  }
  return count;
}
