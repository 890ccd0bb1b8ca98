import type { SearchDocument } from "./engine.ts";
import { stopWords } from "./lexicon.ts";
import { soundsOf } from "./pinyin.ts";
import type { ParsedQuery, Term } from "./query.ts";
import { fold, pairsOf, runsOf } from "./text.ts";
import { indexWords } from "./words.ts";

/**
 * The embedded index holds, for each document, a set of tokens. The first letter says what a token is:
 *
 *   g  a character, a pair, a number or a word in letters, anywhere: what matches (nothing is lost)
 *   t  the same, in the title
 *   w  a Chinese word anywhere, x in the title, s one that the document speaks of again and again: the order
 *   e  the whole title
 *   p  how the title sounds from some character on, i its initials
 *   y  like g, in a tag; q how a tag sounds
 *   l  like g, in the label of a section that holds something
 *   k  like g, within one section and its label: `k`, two letters for the section's key, the rest
 */
export type TokenClass = "g" | "t" | "w" | "x" | "s" | "e" | "p" | "i" | "y" | "q" | "l" | `k${string}`;

/**
 * @param sectionCode two letters for a section key, the same ones each time
 * @returns each token once, with spaces between
 */
export function tokensOf(document: SearchDocument, sectionCode: (key: string) => string): string {
  const tokens = new Map<TokenClass, Set<string>>();
  const add = (kind: TokenClass, parts: Iterable<string>) => {
    const known = tokens.get(kind);
    if (known) for (const part of parts) known.add(part);
    else tokens.set(kind, new Set(parts));
  };
  const title = fold(document.title);
  const titleGrams = gramsOf(title);
  add("g", titleGrams);
  add("t", titleGrams);
  add("x", indexWords(title));
  add("e", [wholeTitle(title)]);
  const sounds = soundsOf(document.title);
  add("p", sounds.full);
  add("i", sounds.initials);
  for (const tag of document.tags ?? []) {
    const grams = labelGrams(tag);
    add("g", grams);
    add("y", grams);
    add("q", tagSounds(tag));
  }

  const counted = new Map<string, number>();
  const count = (words: string[]) => {
    for (const word of words) counted.set(word, (counted.get(word) ?? 0) + 1);
  };
  count(indexWords(title));
  for (const section of document.sections) {
    const folded = fold(section.text);
    const grams = gramsOf(folded);
    add("g", grams);
    const label = folded.trim() ? labelGrams(section.label ?? "") : [];
    add("l", label);
    add(`k${sectionCode(section.key)}`, [...grams, ...label]);
    count(indexWords(folded));
  }
  const body = fold(document.body);
  add("g", gramsOf(body));
  count(indexWords(body));
  add("w", counted.keys());
  add("s", strongest(counted));
  return Array.from(tokens, ([kind, parts]) => (parts.size === 0 ? [] : kind + Array.from(parts).join(` ${kind}`))).flat().join(" ");
}

/** Ways to satisfy it, one of which is enough. A way is tokens that a document must all have; `*` behind a token stands for any ending. No way: nothing does. */
export type Condition = readonly (readonly string[])[];

export function matchTerm(term: Term, sectionCode?: string): Condition {
  const kind: TokenClass = sectionCode === undefined ? "g" : `k${sectionCode}`;
  const ways = [term.text, ...term.synonyms].map((text) => hasAll(kind, text, term.prefix && text === term.text));
  if (sectionCode !== undefined) return ways;
  return [...ways, ...matchLabel(term), ...(term.han ? [] : [...soundsLike(term), ...tagSoundsLike(term)])];
}

/** In the title: by characters, or by sound. */
export function matchTitle(term: Term): Condition {
  return [hasAll("t", term.text, term.prefix), ...(term.han ? [] : soundsLike(term))];
}

/** In a tag: by characters, or by sound. */
export function matchTag(term: Term): Condition {
  return [hasAll("y", term.text, term.prefix), ...tagSoundsLike(term)];
}

/** In the label of a section. */
export function matchLabel(term: Term): Condition {
  return [hasAll("l", term.text, false)];
}

export function matchSynonymInTitle(term: Term): Condition {
  return term.synonyms.map((text) => hasAll("t", text, false));
}

export function matchWord(kind: "w" | "x" | "s", term: Term): Condition {
  return [[kind + term.text]];
}

export function matchWholeTitle(query: ParsedQuery): Condition {
  return [[`e${wholeTitle(query.phrase)}`]];
}

function soundsLike(term: Term): Condition {
  if (!/^[a-z]+$/.test(term.text)) return [];
  return [[`p${term.text}*`], ...(term.text.length > 1 ? [[`i${term.text}*`]] : [])];
}

function tagSoundsLike(term: Term): Condition {
  return /^[a-z]{3,}$/.test(term.text) ? [[`q${term.text}*`]] : [];
}

/** All of the conditions in the query language of FTS5: tokens are only letters and digits, quoted. */
export function written(conditions: readonly Condition[]): string {
  const ofWay = (way: readonly string[]) => way.map((token) => (token.endsWith("*") ? `"${token.slice(0, -1)}" *` : `"${token}"`)).join(" AND ");
  const ofCondition = (condition: Condition) => condition.map((way) => `(${ofWay(way)})`).join(" OR ");
  return conditions.map((condition) => `(${ofCondition(condition)})`).join(" AND ");
}

/** More would not make the find more certain. */
const mostPairs = 12;

function hasAll(kind: TokenClass, text: string, prefix: boolean): string[] {
  const grams = runsOf(text).flatMap((run) => {
    if (run.kind !== "han") return [run.text];
    const pairs = pairsOf(run.text);
    return pairs.length ? pairs.slice(0, mostPairs) : [run.text];
  });
  return grams.map((gram) => kind + gram + (prefix ? "*" : ""));
}

function gramsOf(folded: string): Set<string> {
  const grams = new Set<string>();
  for (const run of runsOf(folded)) {
    if (run.kind !== "han") {
      grams.add(run.text.slice(0, 40));
      continue;
    }
    let before = "";
    for (const character of run.text) {
      grams.add(character);
      if (before) grams.add(before + character);
      before = character;
    }
  }
  return grams;
}

/** Tags and labels are said of document after document: of so many what was made is kept. */
const mostKept = 2_000;
const labelGrams = kept((label) => gramsOf(fold(label)));
const tagSounds = kept((tag) => soundsOf(tag).full);

function kept<T>(make: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const made = known.get(text) ?? make(text);
    if (known.size < mostKept) known.set(text, made);
    return made;
  };
}

function wholeTitle(folded: string): string {
  return folded.replaceAll(" ", "").slice(0, 80);
}

/** The two dozen words said most, at least twice. */
function strongest(counted: Map<string, number>): string[] {
  return [...counted]
    .filter(([word, times]) => times > 1 && word.length > 1 && !stopWords.has(word))
    .sort(([one, a], [other, b]) => b - a || other.length - one.length)
    .slice(0, 24)
    .map(([word]) => word);
}
