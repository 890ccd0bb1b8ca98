import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Logger } from "pino";
import { rebuildIndex } from "#app/search/rebuild-index.server.ts";
import { isRetried, retryNow } from "#db/jobs.ts";
import type { Db } from "#db/types.ts";
import type { SearchEngine } from "#search/engine.ts";
import { openMeilisearch, RebuiltElsewhere } from "#search/meilisearch.ts";
import { followed } from "#search/followed.ts";
import { openSqliteSearch } from "#search/sqlite.ts";
import { type Trouble, withStandIn } from "#search/stand-in.ts";
import type { Settings } from "./env.ts";

/** Milliseconds between two looks at the server, and at the index here. */
const LOOK_MS = 2_000;
/** Milliseconds until a rebuild that failed is tried again: the first time, then twice as many each time, and at most. */
const REBUILD_AGAIN_MS = { first: 2_000, most: 60_000 };

export interface Search {
  engine: SearchEngine;
  /** Whether whatever it answers stands until this process, or a write to the database, changes its index. Of a server nobody here can say. */
  followed: boolean;
  /** Makes what indexes are missing, now and whenever one is lost, in the background, and watches over the server where one is set up. Resolves when it was looked at once. */
  begin(): Promise<void>;
  /** For `/readyz`: not ready only when nothing answers. */
  readiness(): Promise<{ ready: boolean; reason?: string }>;
  stop(): Promise<void>;
}

/** The embedded engine; with `MEILISEARCH_URL` that server before it, and the embedded engine for when it cannot answer. */
export function openSearch({ dataDir, meilisearch, mode }: Pick<Settings, "dataDir" | "meilisearch" | "mode">, { db, secret, log }: { db: Db; secret: string; log: Logger }): Search {
  const embedded = followed(openSqliteSearch({ folder: join(dataDir, "search") }));
  const rebuilds = rebuilding(db, log);
  /** An index may be lost or damaged at any time, and is found out when somebody asks it. */
  const watchEmbedded = () => {
    rebuilds.where(embedded);
    return setInterval(() => rebuilds.where(embedded), LOOK_MS).unref();
  };
  let watch: NodeJS.Timeout | undefined;
  if (!meilisearch.url) {
    return {
      engine: embedded,
      followed: true,
      begin: async () => void (watch = watchEmbedded()),
      readiness: () => readinessOf(embedded),
      stop: async () => {
        clearInterval(watch);
        await rebuilds.stop();
        await embedded.close();
      },
    };
  }
  const { url, apiKey } = meilisearch;
  const server = openMeilisearch({ url, apiKey, name: nameOf(secret, mode) });
  const engine = withStandIn(server, embedded, { behind: async () => rebuilds.running(server) || (await isRetried(db, "search.index")) });
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let last: Trouble | null | undefined;

  const look = async () => {
    const trouble = await engine.look();
    if (stopped) return;
    if (last === undefined || trouble?.reason !== last?.reason) {
      if (trouble) log.warn({ trouble }, "Meilisearch does not answer; the embedded engine does");
      else log.info("Meilisearch answers");
      // What could not be stored while it was away can be now.
      if (last === undefined || (wasGone(last) && !wasGone(trouble))) await retryNow(db, "search.index");
    }
    last = trouble;
    if (trouble?.reason === "being_made") rebuilds.begin(server);
  };
  const round = async () => {
    await look().catch((error: unknown) => log.error({ error }, "looking at Meilisearch"));
    if (!stopped) timer = setTimeout(() => void round(), LOOK_MS);
  };
  return {
    engine,
    followed: false,
    begin: () => {
      watch = watchEmbedded();
      return round();
    },
    readiness: () => readinessOf(engine),
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      clearInterval(watch);
      await rebuilds.stop();
      await engine.close();
    },
  };
}

function wasGone(trouble: Trouble | null): boolean {
  return trouble !== null && ["away", "slow", "other_version"].includes(trouble.reason);
}

/** Processes that share a database share its secret, and so an index; other installations on one server have their own. */
function nameOf(secret: string, mode: Settings["mode"]): string {
  return `tongyan_${createHash("sha256").update(`search ${mode} ${secret}`).digest("hex").slice(0, 16)}`;
}

async function readinessOf(engine: SearchEngine): Promise<{ ready: boolean; reason?: string }> {
  const { ready, detail } = await engine.state();
  return { ready, ...(detail ? { reason: detail } : ready ? {} : { reason: "not ready" }) };
}

/** One rebuild of an engine at a time, in the background. */
function rebuilding(db: Db, log: Logger) {
  const stopping = new AbortController();
  const under = new Map<SearchEngine, Promise<void>>();
  const notBefore = new Map<SearchEngine, number>();
  const failures = new Map<SearchEngine, number>();
  const begin = (engine: SearchEngine) => {
    if (stopping.signal.aborted || under.has(engine) || performance.now() < (notBefore.get(engine) ?? 0)) return;
    const rebuilt = rebuildIndex(db, engine, stopping.signal)
      .then(() => void failures.delete(engine))
      .catch((error: unknown) => {
        if (stopping.signal.aborted) return;
        const before = failures.get(engine) ?? 0;
        failures.set(engine, before + 1);
        notBefore.set(engine, performance.now() + Math.min(REBUILD_AGAIN_MS.first * 2 ** before, REBUILD_AGAIN_MS.most));
        if (error instanceof RebuiltElsewhere) log.info("another process rebuilds the search index");
        else log.error({ error, engine: engine.name }, "the search index could not be rebuilt");
      })
      .finally(() => under.delete(engine));
    under.set(engine, rebuilt);
  };
  return {
    begin,
    running: (engine: SearchEngine) => under.has(engine),
    /** Ends what goes on, before the database is closed under it. It is begun anew at the next start. */
    stop: async () => {
      stopping.abort();
      await Promise.all(under.values());
    },
    where: (engine: SearchEngine) => void engine.state().then(({ rebuild }) => rebuild !== null && begin(engine)),
  };
}
