import type { DocumentSection, Segment } from "./engine.ts";
import { soundingLike } from "./pinyin.ts";
import type { ParsedQuery, Term } from "./query.ts";
import type { Folded } from "./text.ts";
import { foldWithPositions, pairsOf } from "./text.ts";

export interface Excerpt {
  section: string | null;
  sectionLabel: Segment[] | null;
  title: Segment[];
  excerpt: Segment[];
}

interface Mark {
  from: number;
  to: number;
  term: number;
}

const excerptLength = 90;
/** A text longer than this is read so far and no further. */
const longestRead = 200_000;

/**
 * Title and excerpt of a hit, in the original's own characters. The excerpt comes from the section where most different words of the query stand
 * closest together, so that the hit can open there; when the words are in the title alone it is the beginning of the text.
 *
 * @param only look in the section with this key
 */
export function excerptOf(
  document: { title: string; sections: readonly DocumentSection[]; body: string },
  query: ParsedQuery,
  only?: string,
): Excerpt {
  const places = [
    ...document.sections.map(({ key, label, text }) => ({ section: key as string | null, label: label ?? null, text })),
    { section: null, label: null, text: document.body },
  ].filter((place) => only === undefined || place.section === only);
  let best = { worth: 0, place: places.find((place) => place.text.trim()), from: 0, marks: [] as Mark[] };
  const titled = new Set(marksIn(read(document.title), query).map((mark) => mark.term));
  for (const place of places) {
    const folded = read(place.text.slice(0, longestRead));
    const marks = marksIn(folded, query);
    const asTyped = query.terms.length > 1 ? occurrences(folded, query.phrase, { han: true, prefix: false }).map((mark) => ({ ...mark, term: -1 })) : [];
    const window = densest([...asTyped, ...marks]);
    const worth = window.worth + worthOfLabel(place, query, marks, titled);
    if (worth > best.worth) best = { worth, from: window.from, place, marks };
  }
  const found = best.worth > 0;
  return {
    section: found && best.place ? best.place.section : null,
    sectionLabel: found && best.place?.label ? segments(best.place.label, 0, best.place.label.length, marksIn(read(best.place.label), query)) : null,
    title: titleSegments(document.title, query),
    excerpt: best.place ? cutOut(best.place.text, best.from, best.marks) : [],
  };
}

/**
 * What stands under 教学难点 is about 难点, whether it says so or not: worth more than the word elsewhere, less than two words side by side.
 * Only where it holds something, and only as far as the other words are there too or in the title.
 */
function worthOfLabel(place: { label: string | null; text: string }, query: ParsedQuery, marks: readonly Mark[], titled: ReadonlySet<number>): number {
  if (!place.label || !place.text.trim()) return 0;
  const named = new Set(marksIn(read(place.label), query).map((mark) => mark.term));
  if (named.size === 0) return 0;
  const here = new Set([...named, ...titled, ...marks.map((mark) => mark.term)]);
  return query.terms.every((_, term) => here.has(term)) ? 26 : 8;
}

export function titleSegments(title: string, query: ParsedQuery): Segment[] {
  const sounding = query.terms.flatMap((term, index) =>
    term.han || !/^[a-z]+$/.test(term.text) ? [] : soundingLike(title, term.text).map((place) => ({ ...place, term: index })),
  );
  return segments(title, 0, title.length, [...marksIn(read(title), query), ...sounding]);
}

type Read = Folded & { original: string };

function read(original: string): Read {
  return { original, ...foldWithPositions(original) };
}

/** Where the words of the query stand; a word that is not there stands for itself by a synonym, or by its pairs. */
function marksIn(folded: Read, query: ParsedQuery): Mark[] {
  return query.terms.flatMap((term, index) => {
    const whole = occurrences(folded, term.text, term);
    if (whole.length) return whole.map((mark) => ({ ...mark, term: index }));
    const otherwise = term.synonyms.flatMap((synonym) => occurrences(folded, synonym, term));
    if (otherwise.length) return otherwise.map((mark) => ({ ...mark, term: index }));
    const pairs = term.han ? pairsOf(term.text) : [];
    return pairs.length > 1 ? pairs.flatMap((pair) => occurrences(folded, pair, term)).map((mark) => ({ ...mark, term: index })) : [];
  });
}

function occurrences({ original, text, at }: Read, wanted: string, term: Pick<Term, "han" | "prefix">): Omit<Mark, "term">[] {
  const found: Omit<Mark, "term">[] = [];
  for (let unit = text.indexOf(wanted); unit >= 0 && found.length < 200; unit = text.indexOf(wanted, unit + wanted.length)) {
    if (!term.han && !standsAlone(text, unit, wanted.length, term.prefix)) continue;
    found.push({ from: at(unit), to: endOf(original, at(unit + wanted.length - 1)) });
  }
  return found;
}

/** Behind the last character, which may have folded to several (㎡ to m2), with its accents. */
function endOf(original: string, last: number): number {
  const character = String.fromCodePoint(original.codePointAt(last) ?? 0);
  const accents = /^\p{M}*/u.exec(original.slice(last + character.length, last + character.length + 8))?.[0] ?? "";
  return last + character.length + accents.length;
}

/** Letters and digits are found as whole words: 1 is not in 12. */
function standsAlone(text: string, unit: number, length: number, prefix: boolean): boolean {
  const kind = (at: number) => (/\p{N}/u.test(text[at] ?? " ") ? "digit" : /[^\p{L}]|\p{Script=Han}/u.test(text[at] ?? " ") ? "other" : "letter");
  const before = unit > 0 ? kind(unit - 1) : "other";
  if (before === kind(unit)) return false;
  return prefix || unit + length >= text.length || kind(unit + length) !== kind(unit + length - 1);
}

/** The stretch with the most different words (the phrase as typed is one more), side by side rather than apart, short rather than long, said again rather than once. */
function densest(marks: Mark[]): { worth: number; from: number } {
  const inOrder = marks.toSorted((one, other) => one.from - other.from);
  let best = { worth: 0, from: 0 };
  inOrder.forEach((first, start) => {
    const terms = new Set<number>();
    let worth = 0;
    let again = 0;
    for (let index = start; index < inOrder.length && inOrder[index]!.to <= first.from + excerptLength; index++) {
      const mark = inOrder[index]!;
      if (terms.has(mark.term)) again = Math.min(again + 1, 5);
      else worth += index > start && inOrder[index - 1]!.to === mark.from ? 24 : 20;
      terms.add(mark.term);
      const found = worth + again * 0.3 - (mark.to - first.from) * 0.1;
      if (found > best.worth) best = { worth: found, from: first.from };
    }
  });
  return best;
}

function cutOut(text: string, from: number, marks: Mark[]): Segment[] {
  let start = Math.max(0, from - 20);
  // Not in the middle of a surrogate pair.
  if (/[\uDC00-\uDFFF]/.test(text[start] ?? "")) start--;
  let end = Math.min(text.length, start + excerptLength + 20);
  if (/[\uDC00-\uDFFF]/.test(text[end] ?? "")) end++;
  const cut = segments(text, start, end, marks);
  if (start > 0) cut.unshift({ text: "…", hit: false });
  if (end < text.length) cut.push({ text: "…", hit: false });
  return cut;
}

function segments(text: string, from: number, to: number, marks: Mark[]): Segment[] {
  const parts: Segment[] = [];
  const add = (upTo: number, hit: boolean) => {
    if (upTo <= position) return;
    const last = parts.at(-1);
    const piece = text.slice(position, upTo);
    if (last && last.hit === hit) last.text += piece;
    else parts.push({ text: piece, hit });
    position = upTo;
  };
  let position = from;
  for (const mark of marks.toSorted((one, other) => one.from - other.from)) {
    if (mark.to <= position || mark.from >= to) continue;
    add(Math.max(position, mark.from), false);
    add(Math.min(mark.to, to), true);
  }
  add(to, false);
  return parts;
}
