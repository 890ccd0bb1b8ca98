import type { EnqueuedTaskPromise } from "meilisearch";
import { randomUUID } from "node:crypto";
import type { Rebuild, SearchAnswer, SearchDocument, SearchEngine, SearchQuery, SearchState, SuggestQuery, Suggestion } from "./engine.ts";
import { fieldsOf, indexSettings, keyOf, rebuildFor } from "./meilisearch-fields.ts";
import { MeilisearchQuestions } from "./meilisearch-find.ts";
import { reasonOf } from "./meilisearch-http.ts";
import { done, isMissingIndex, isOutage, MeilisearchServer } from "./meilisearch-server.ts";

/** Goes up with the fields; an index of another format is not looked at. */
const format = 3;
/** So many characters of documents go over at a time: some 40 bytes each once their fields are made. */
const charactersAtOnce = 100_000;
/** So many loads may wait at the server while a rebuild sends the next: it takes those that wait in one go. */
const loadsWaiting = 8;
/** A rebuild that wrote nothing for so long, in milliseconds, was left behind by a process that ended. */
const abandonedAfter = 5 * 60_000;

export interface MeilisearchOptions {
  url: string;
  apiKey?: string | undefined;
  /** Index names begin with it, so that several installations may share a server. */
  name: string;
  /** Milliseconds for one answer. */
  patience?: number;
}

/**
 * Meilisearch 1.50 or newer behind the same port. Opens whether the server is there or not; the index is made with the first write. Several processes
 * may write. What others write while one rebuilds is not carried over: go through the outbox once more afterwards.
 */
export function openMeilisearch({ url, apiKey, name, patience = 5000 }: MeilisearchOptions): SearchEngine {
  return new MeilisearchEngine(new MeilisearchServer(url, apiKey, patience), name);
}

/** Another process is making this index anew: look again in a while. */
export class RebuiltElsewhere extends Error {}

class MeilisearchEngine implements SearchEngine {
  readonly name = "meilisearch";
  private readonly server: MeilisearchServer;
  private readonly questions: MeilisearchQuestions;
  private readonly installation: string;
  private readonly uid: string;
  private made: Promise<void> | undefined;
  /** What changed since a rebuild began: the document, or null when it was removed. */
  private meanwhile: Map<string, SearchDocument | null> | undefined;

  constructor(server: MeilisearchServer, installation: string) {
    this.server = server;
    this.installation = installation;
    this.uid = `${installation}_v${format}`;
    this.questions = new MeilisearchQuestions(server.client, this.uid);
  }

  async put(documents: readonly SearchDocument[]): Promise<void> {
    for (const document of documents) this.meanwhile?.set(document.id, document);
    await this.ready();
    for (const load of this.load(this.uid, documents)) await done(load);
  }

  async remove(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.meanwhile?.set(id, null);
    await this.ready();
    await done(this.server.client.index(this.uid).deleteDocuments(ids.map(keyOf)));
  }

  async clear(): Promise<void> {
    await this.ready();
    await done(this.server.client.index(this.uid).deleteAllDocuments());
  }

  async search(query: SearchQuery): Promise<SearchAnswer> {
    const nothing: SearchAnswer = { total: 0, hits: [], facetCounts: {}, engine: this.name };
    return this.answering(() => this.questions.search(query), { ...nothing, degraded: "rebuild_needed" }, { ...nothing, degraded: "unavailable" });
  }

  async suggest(query: SuggestQuery): Promise<Suggestion[]> {
    return this.answering(() => this.questions.suggest(query), [], []);
  }

  async state(): Promise<SearchState> {
    const state: SearchState = { engine: this.name, ready: true, documents: 0, stale: 0, rebuild: null };
    try {
      const unfit = await this.server.unfit();
      if (unfit) return { ...state, ready: false, otherVersion: true, detail: unfit };
      const index = this.server.client.index(this.uid);
      const [{ numberOfDocuments }, synonyms] = await Promise.all([index.getStats(), index.getSynonyms()]);
      return { ...state, documents: numberOfDocuments, rebuild: rebuildFor(synonyms) };
    } catch (error) {
      if (isMissingIndex(error)) return { ...state, rebuild: "missing" };
      return { ...state, ready: false, detail: reasonOf(error) };
    }
  }

  async beginRebuild(): Promise<Rebuild> {
    await this.sweep();
    const fresh = `${this.uid}_rebuild_${randomUUID()}`;
    await this.make(fresh, { whole: true });
    this.meanwhile = new Map();
    const loads: EnqueuedTaskPromise[] = [];
    const waitUntil = async (left: number) => {
      while (loads.length > left) await done(loads.shift() as EnqueuedTaskPromise); // there is one
    };
    return {
      put: async (documents) => {
        for (const load of this.load(fresh, documents)) {
          loads.push(load);
          await load;
          await waitUntil(loadsWaiting);
        }
      },
      finish: async () => {
        await waitUntil(0);
        await this.carryOver(fresh);
        // It may have been lost since.
        this.made = undefined;
        await this.ready();
        await done(this.server.client.swapIndexes([{ indexes: [this.uid, fresh], rename: false }]));
        // What came while it was being swapped went to one of the two: the one that is on its way out, perhaps.
        await this.carryOver(this.uid);
        this.meanwhile = undefined;
        await this.server.delete(fresh);
      },
      abandon: async () => {
        this.meanwhile = undefined;
        await this.server.delete(fresh);
      },
    };
  }

  async close(): Promise<void> {
    this.server.close();
  }

  /** The index is there, made by us. One that is lost later is found by `state`, and made whole by a rebuild. */
  private ready(): Promise<void> {
    this.made ??= this.server.exists(this.uid).then((there) => (there ? undefined : this.make(this.uid, { whole: false })));
    this.made.catch(() => {
      this.made = undefined;
    });
    return this.made;
  }

  private async make(uid: string, { whole }: { whole: boolean }): Promise<void> {
    // Two processes that begin at once: the second finds it made.
    await done(this.server.client.createIndex(uid, { primaryKey: "key" }), "index_already_exists");
    await done(this.server.client.index(uid).updateSettings(indexSettings({ whole })));
  }

  /** Deletes what ended processes and older formats left. @throws RebuiltElsewhere */
  private async sweep(): Promise<void> {
    const ours = await this.server.named(`${this.installation}_v`);
    for (const { uid, updatedAt } of ours) {
      const older = Number(/_v(\d+)/.exec(uid.slice(this.installation.length))?.[1]) < format;
      const rebuild = uid.startsWith(`${this.uid}_rebuild_`);
      if (rebuild && updatedAt.getTime() > Date.now() - abandonedAfter) throw new RebuiltElsewhere();
      if (rebuild || older) await this.server.delete(uid);
    }
  }

  private async carryOver(uid: string): Promise<void> {
    while (this.meanwhile?.size) {
      const changed = [...this.meanwhile];
      this.meanwhile.clear();
      for (const load of this.load(uid, changed.flatMap(([, document]) => document ?? []))) await done(load);
      const removed = changed.flatMap(([id, document]) => (document ? [] : keyOf(id)));
      if (removed.length) await done(this.server.client.index(uid).deleteDocuments(removed));
    }
  }

  /** Each load is sent when it is taken. The last of several documents with one id counts. */
  private *load(uid: string, documents: readonly SearchDocument[]): Generator<EnqueuedTaskPromise> {
    const waiting: SearchDocument[] = [];
    let characters = 0;
    const send = () => {
      characters = 0;
      return this.server.loading.index(uid).addDocuments(waiting.splice(0).map(fieldsOf), { primaryKey: "key" });
    };
    for (const document of new Map(documents.map((one) => [one.id, one])).values()) {
      const length = [document.title, document.body, ...document.sections.map(({ text }) => text)].reduce((sum, text) => sum + text.length, 0);
      if (waiting.length && characters + length > charactersAtOnce) yield send();
      waiting.push(document);
      characters += length;
    }
    if (waiting.length) yield send();
  }

  /** @param lost what is said when there is no index; `away` when the server cannot answer */
  private async answering<T>(work: () => Promise<T>, lost: T, away: T): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (isMissingIndex(error)) return lost;
      if (isOutage(error)) return away;
      throw error;
    }
  }
}
