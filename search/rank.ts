import type { ParsedQuery, Term } from "./query.ts";
import { has, soonerLookedUp } from "./row-lists.ts";
import type { SqliteIndex } from "./sqlite-index.ts";
import type { Condition } from "./tokens.ts";
import { matchLabel, matchSynonymInTitle, matchTag, matchTitle, matchWholeTitle, matchWord } from "./tokens.ts";

export interface Ranked {
  row: number;
  score: number;
}

/** What a find is worth, added up over the words of the query. The standing of a document (quality, recency) is 0 to 2. */
const worth = { wholeTitle: 30, wordInTitle: 6, title: 8, tag: 5, synonymInTitle: 4, strong: 3, word: 2, label: 1, phraseInTitle: 10, phrase: 4, scattered: -4 };

/** So many of the best are looked at once more with their text beside. */
const lookedAtTwice = 60;
/**
 * The best rows in order.
 *
 * @param begun by row, what it has for a start (for the words it has, when not all have to match)
 * @param upTo how many of the best are wanted
 */
export function bestOf(index: SqliteIndex, query: ParsedQuery, rows: readonly number[], begun: Float32Array | undefined, upTo: number): Ranked[] {
  const wanted = Math.max(upTo, lookedAtTwice);
  const scores = new Float32Array(index.columns.last + 1).fill(-1);
  for (const row of rows) scores[row] = index.columns.standingAt(row) + (begun?.[row] ?? 0);
  /** @returns how many rows were rewarded */
  const reward = (condition: Condition, points: number): number => {
    const few = index.among(rows, condition);
    if (few) {
      for (const row of few) scores[row]! += points;
      return few.length;
    }
    const having = index.rows(condition);
    let rewarded = 0;
    const add = (row: number) => {
      scores[row]! += points;
      rewarded++;
    };
    if (soonerLookedUp(rows.length, having)) {
      for (const row of rows) if (has(having, row)) add(row);
    } else {
      for (const row of having) if (scores[row]! >= 0) add(row);
    }
    return rewarded;
  };
  if (rows.length > 1 && query.terms.length > 0) {
    reward(matchWholeTitle(query), worth.wholeTitle);
    for (const term of query.terms) {
      let told = reward(matchTitle(term), worth.title) + reward(matchTag(term), worth.tag) + reward(matchSynonymInTitle(term), worth.synonymInTitle);
      if (!term.han) continue;
      reward(matchWord("x", term), worth.wordInTitle);
      // The lists grow longer from here on. They matter as long as the shorter ones do not fill the page.
      if (told < wanted * 2) told += reward(matchWord("s", term), worth.strong);
      if (told < wanted * 2) reward(matchWord("w", term), worth.word);
      if (told < wanted * 2) reward(matchLabel(term), worth.label);
    }
  }
  const best = top(rows, scores, wanted);
  return lookAgain(index, query, best).slice(0, upTo);
}

/** Words standing together as typed come first; pairs that only happen to make up a word go last. */
function lookAgain(index: SqliteIndex, query: ParsedQuery, best: Ranked[]): Ranked[] {
  const long = query.terms.filter((term) => term.han && term.text.length > 2);
  if (best.length < 2 || (query.terms.length < 2 && long.length === 0)) return best;
  const first = best.slice(0, lookedAtTwice).map(({ row, score }) => {
    const { title, text } = index.foldedAt(row);
    let more = title.includes(query.phrase) ? worth.phraseInTitle : text.includes(query.phrase) ? worth.phrase : 0;
    for (const term of long) if (!standsIn(term, title) && !standsIn(term, text)) more += worth.scattered;
    return { row, score: score + more };
  });
  return [...first.sort(better), ...best.slice(lookedAtTwice)];
}

function standsIn(term: Term, text: string): boolean {
  return text.includes(term.text) || term.synonyms.some((synonym) => text.includes(synonym));
}

/** The newest row wins a tie, so that pages never overlap. */
function better(one: Ranked, other: Ranked): number {
  return other.score - one.score || other.row - one.row;
}

/** The best so many of many, without sorting all of them: a heap with the worst of the best on top. */
function top(rows: readonly number[], scores: Float32Array, count: number): Ranked[] {
  const all = (row: number): Ranked => ({ row, score: scores[row]! });
  if (rows.length <= count * 4) return rows.map(all).sort(better).slice(0, count);
  const heap = new Uint32Array(count);
  const worse = (one: number, other: number) => scores[one]! < scores[other]! || (scores[one]! === scores[other]! && one < other);
  const sink = (from: number) => {
    const row = heap[from]!;
    let at = from;
    for (let child = 2 * at + 1; child < count; child = 2 * at + 1) {
      if (child + 1 < count && worse(heap[child + 1]!, heap[child]!)) child++;
      if (!worse(heap[child]!, row)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = row;
  };
  for (let index = 0; index < count; index++) heap[index] = rows[index]!;
  for (let index = (count >> 1) - 1; index >= 0; index--) sink(index);
  for (let index = count; index < rows.length; index++) {
    const row = rows[index]!;
    if (!worse(heap[0]!, row)) continue;
    heap[0] = row;
    sink(0);
  }
  return Array.from(heap, all).sort(better);
}
