import { noteReadOf, noteWritten } from "#db/freshness.ts";
import type { Rebuild, SearchEngine } from "./engine.ts";

/** What the index is called among the tables that a page is read from. */
const INDEX = "search index";

/**
 * An engine whose every answer counts as read from its index, and every change as a write to it, so that what came of an answer is kept until
 * then (`db/freshness.ts`). For an index that no other process writes without writing the database as well.
 */
export function followed(engine: SearchEngine): SearchEngine {
  const changing = async <Result>(change: Promise<Result>): Promise<Result> => {
    try {
      return await change;
    } finally {
      // Of a change that failed, a part may be there.
      noteWritten([INDEX]);
    }
  };
  return {
    name: engine.name,
    put: (documents) => changing(engine.put(documents)),
    remove: (ids) => changing(engine.remove(ids)),
    clear: () => changing(engine.clear()),
    search: async (query) => {
      noteReadOf(INDEX);
      const answer = await engine.search(query);
      // It can be whole again without anybody writing.
      if (answer.degraded === "unavailable") noteWritten([INDEX]);
      return answer;
    },
    suggest: (query) => {
      noteReadOf(INDEX);
      return engine.suggest(query);
    },
    state: () => engine.state(),
    beginRebuild: async () => {
      const rebuild = await engine.beginRebuild();
      return { put: (documents) => rebuild.put(documents), finish: () => changing(rebuild.finish()), abandon: () => rebuild.abandon() } satisfies Rebuild;
    },
    close: () => engine.close(),
  };
}
