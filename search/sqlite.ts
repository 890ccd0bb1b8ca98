import { setImmediate as turn } from "node:timers/promises";
import { facetNames } from "./engine.ts";
import type { Degraded, Rebuild, SearchAnswer, SearchDocument, SearchEngine, SearchHit, SearchQuery, SearchState, SuggestQuery, Suggestion } from "./engine.ts";
import type { ParsedQuery, Term } from "./query.ts";
import { lesserQueries, parseQuery } from "./query.ts";
import { bestOf } from "./rank.ts";
import { excerptOf, titleSegments } from "./snippet.ts";
import { IndexFolder } from "./sqlite-folder.ts";
import type { SqliteIndex } from "./sqlite-index.ts";
import { whyUnusable } from "./sqlite-file.ts";
import { matchTerm, matchTitle } from "./tokens.ts";

/** So many documents are written in one go, before other work has its turn: each takes about a millisecond. */
const slice = 20;
/** The same of an index that is being made, which takes minutes. */
const rebuiltSlice = 8;
/** Answers to questions without words that are kept, each of one page of hits. */
const WORDLESS = 100;

/**
 * The embedded engine: SQLite FTS5 in files of its own under `folder` (never the main database). Several processes may open one folder.
 * A missing, damaged or outdated index is begun anew, empty, and `state().rebuild` says so.
 */
export function openSqliteSearch({ folder }: { folder: string }): SearchEngine {
  return new SqliteSearch(new IndexFolder(folder));
}

class SqliteSearch implements SearchEngine {
  readonly name = "sqlite";
  private readonly folder: IndexFolder;
  /** Of questions without words, asked last. */
  private readonly wordless = new Map<string, { at: string; answer: SearchAnswer }>();

  constructor(folder: IndexFolder) {
    this.folder = folder;
  }

  async put(documents: readonly SearchDocument[]): Promise<void> {
    for (let at = 0; at < documents.length; at += slice) {
      if (at > 0) await turn();
      this.folder.write(documents.slice(at, at + slice), []);
    }
  }

  async remove(ids: readonly string[]): Promise<void> {
    this.folder.write([], ids);
  }

  async clear(): Promise<void> {
    this.folder.current().clear();
  }

  async search(query: SearchQuery): Promise<SearchAnswer> {
    return this.answering(
      () => this.find(query),
      () => ({ total: 0, hits: [], facetCounts: {}, engine: this.name, degraded: "unavailable" }),
    );
  }

  async suggest(query: SuggestQuery): Promise<Suggestion[]> {
    return this.answering(
      () => this.findTitles(query),
      () => [],
    );
  }

  async state(): Promise<SearchState> {
    return this.answering<SearchState>(
      (index) => ({ engine: this.name, ready: true, documents: index.columns.count, stale: index.stale, rebuild: index.rebuild }),
      (detail) => ({ engine: this.name, ready: false, documents: 0, stale: 0, rebuild: null, detail }),
    );
  }

  async beginRebuild(): Promise<Rebuild> {
    const old = this.folder.current();
    const fresh = this.folder.createBeside();
    let mark = old.mark();
    let swapped = false;
    const takeOver = () => {
      const { removed, put } = old.changesSince(mark);
      mark = old.mark();
      fresh.index.write(put, removed);
    };
    return {
      put: async (documents) => {
        for (let at = 0; at < documents.length; at += rebuiltSlice) {
          await turn();
          fresh.index.add(documents.slice(at, at + rebuiltSlice));
        }
      },
      finish: async () => {
        fresh.index.commit();
        takeOver();
        await fresh.index.settle();
        // The rest with other writers locked out: who waits finds another index named afterwards, and writes there.
        old.exclusively(() => {
          takeOver();
          this.folder.point(fresh.name);
          swapped = true;
        });
        fresh.index.close();
        this.folder.current();
        this.folder.removeFile(old);
      },
      abandon: async () => {
        fresh.index.close();
        if (!swapped) this.folder.removeFile(fresh.index);
      },
    };
  }

  async close(): Promise<void> {
    this.folder.close();
  }

  /** Whoever has not typed anything yet is shown everything that they may know of, which takes the longest to count, and is the same for all who may know of the same. */
  private find(asked: SearchQuery): SearchAnswer {
    const index = this.folder.current();
    if (asked.text.trim() !== "") return this.findIn(index, asked);
    const [key, at] = [JSON.stringify(asked), JSON.stringify([index.path, index.mark(), index.rebuild])];
    const before = this.wordless.get(key);
    this.wordless.delete(key);
    const answer = before?.at === at ? before.answer : this.findIn(index, asked);
    this.wordless.set(key, { at, answer });
    for (const oldest of this.wordless.keys()) if (this.wordless.size > WORDLESS) this.wordless.delete(oldest);
    return structuredClone(answer);
  }

  private findIn(index: SqliteIndex, asked: SearchQuery): SearchAnswer {
    const query = parseQuery(asked.text, asked.prefixLast);
    const limit = whole(asked.limit ?? 20, 1, 50);
    const offset = whole(asked.offset ?? 0, 0, 10_000);
    const { visible, begun, used } = this.matches(index, query, asked);
    const facets = (asked.facets ?? []).filter((name) => facetNames.includes(name));
    const { rows, facetCounts } = index.columns.narrow(visible, asked.filters ?? {}, facets);
    const page = bestOf(index, used, rows, begun, offset + limit).slice(offset);
    const hits = page.flatMap(({ row, score }): SearchHit[] => {
      const document = index.documentAt(row);
      return document ? [{ id: document.id, kind: document.kind, score, ...excerptOf(document, used, asked.sectionKey) }] : [];
    });
    const degraded: Degraded | undefined = begun ? "any_word" : query.cut ? "query_cut" : index.rebuild ? "rebuild_needed" : undefined;
    return { total: rows.length, hits, facetCounts, engine: this.name, ...(degraded && { degraded }) };
  }

  /** What matches of what the person may know of: all words, or else any of them, or else any words inside them. */
  private matches(index: SqliteIndex, query: ParsedQuery, asked: SearchQuery): { visible: number[]; begun?: Float32Array; used: ParsedQuery } {
    const see = (rows: Iterable<number>) => index.columns.visible(rows, asked.accessIds, asked.kinds);
    const section = asked.sectionKey === undefined ? undefined : index.sectionCode(asked.sectionKey);
    if (asked.sectionKey !== undefined && section === undefined) return { visible: [], used: query };
    if (query.terms.length === 0) return { visible: query.blank ? see(index.columns.rows()) : [], used: query };
    const all = see(index.rowsOfAll(query.terms.map((term) => matchTerm(term, section))));
    if (all.length > 0) return { visible: all, used: query };
    for (const terms of lesserQueries(query.terms)) {
      const { rows, begun } = anyOf(terms, (term) => see(index.rows(matchTerm(term, section))), index.columns);
      if (rows.length > 0) return { visible: rows, begun, used: { ...query, terms } };
    }
    return { visible: [], used: query };
  }

  private findTitles(asked: SuggestQuery): Suggestion[] {
    const index = this.folder.current();
    const query = parseQuery(asked.text, true);
    if (query.terms.length === 0) return [];
    const matching = index.rowsOfAll(query.terms.map(matchTitle));
    const visible = index.columns.visible(matching, asked.accessIds, asked.kinds);
    return bestOf(index, query, visible, undefined, whole(asked.limit ?? 8, 1, 20)).flatMap(({ row }) => {
      const document = index.titleAt(row);
      return document ? [{ id: document.id, kind: document.kind, title: titleSegments(document.title, query) }] : [];
    });
  }

  /** A damaged file is begun anew; whatever else goes wrong is not for the reader of a page. */
  private answering<T>(work: (index: SqliteIndex) => T, otherwise: (detail: string) => T): T {
    try {
      return work(this.folder.current());
    } catch (error) {
      const why = whyUnusable(error);
      if (why) this.folder.beginAnew(why);
      return otherwise(error instanceof Error ? error.message : String(error));
    }
  }
}

/** The rows that have some of the words, and what they have for a start: each word counts more than everything else, a rare one most. */
function anyOf(terms: readonly Term[], rowsOf: (term: Term) => readonly number[], columns: { last: number; count: number }): { rows: number[]; begun: Float32Array } {
  const begun = new Float32Array(columns.last + 1);
  const rows: number[] = [];
  for (const term of terms) {
    const found = rowsOf(term);
    const worth = 10 + 3 * Math.log(1 + columns.count / (1 + found.length));
    for (const row of found) {
      if (begun[row] === 0) rows.push(row);
      begun[row]! += worth;
    }
  }
  return { rows, begun };
}

function whole(wanted: number, least: number, most: number): number {
  return Number.isFinite(wanted) ? Math.min(most, Math.max(least, Math.trunc(wanted))) : least;
}
