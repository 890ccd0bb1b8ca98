import { stopWords, synonymsOf, weakWords } from "./lexicon.ts";
import { fold, pairsOf, runsOf } from "./text.ts";
import { queryWords, wordsInside } from "./words.ts";

/** A thing that a document must have: a word, a single character, or an unknown stretch of characters. All folded. */
export interface Term {
  text: string;
  han: boolean;
  /** Said otherwise; widens what matches, ranked after the word itself. */
  synonyms: readonly string[];
  /** Still being typed: matches as a beginning (letters and digits only). */
  prefix: boolean;
}

export interface ParsedQuery {
  terms: Term[];
  /** What was typed, folded, in one piece: an exact find ranks first. */
  phrase: string;
  /** Nothing was typed. (Punctuation alone is something, and finds nothing.) */
  blank: boolean;
  /** Only the beginning was used. */
  cut: boolean;
}

/** Longer queries are cut: nobody reads the hits of a pasted page. */
const longestQuery = 200;
const mostTerms = 12;
const longestWord = 40;

export function parseQuery(text: string, prefixLast = false): ParsedQuery {
  const taken = text.slice(0, longestQuery);
  const folded = fold(taken);
  const runs = runsOf(folded);
  const found = runs.flatMap((run, index) =>
    run.kind === "han" ? hanTerms(run.text) : [letterTerm(run.text, prefixLast && index === runs.length - 1 && !folded.endsWith(" "))],
  );
  const telling = found.filter((term) => !stopWords.has(term.text));
  const terms = distinct(telling.length ? telling : wholeRuns(runs.filter((run) => run.kind === "han").map((run) => run.text), found));
  return {
    terms: terms.slice(0, mostTerms),
    phrase: folded.trim().replace(/ +/g, " "),
    blank: text.trim() === "",
    cut: text.length > longestQuery || terms.length > mostTerms,
  };
}

/**
 * What to look for when nothing has all the words, any of each: the words without those that half of all plans have, then also the words
 * inside them. What is no less than what was tried is left out.
 */
export function lesserQueries(terms: readonly Term[]): Term[][] {
  const some = terms.filter((term) => !weakWords.has(term.text));
  const telling = some.length ? some : [...terms];
  const smaller = smallerTerms(telling);
  return [...(telling.length > 1 || telling.length < terms.length ? [telling] : []), ...(smaller.length > 1 ? [smaller] : [])];
}

function smallerTerms(terms: readonly Term[]): Term[] {
  return distinct(
    terms.flatMap((term) => {
      const words = term.han ? wordsInside(term.text) : [];
      const telling = words.filter((word) => !weakWords.has(word));
      if (words.length) return [{ ...term }, ...telling.map(hanTerm)];
      return term.han && term.text.length > 2 ? [{ ...term }, ...pairsOf(term.text).map(hanTerm)] : [term];
    }),
  ).slice(0, mostTerms);
}

/** Words; single characters that stand side by side stay together, for they are a piece of something. */
function hanTerms(run: string): Term[] {
  const terms: Term[] = [];
  let piece = "";
  const endPiece = () => {
    if (piece) terms.push(hanTerm(Array.from(piece).slice(0, longestWord).join("")));
    piece = "";
  };
  for (const word of queryWords(run)) {
    if (Array.from(word).length > 1) {
      endPiece();
      terms.push(hanTerm(word));
    } else if (stopWords.has(word)) {
      endPiece();
      terms.push(hanTerm(word));
    } else {
      piece += word;
    }
  }
  endPiece();
  return terms;
}

/** When all is stop words, they are what is sought. */
function wholeRuns(hanRuns: string[], found: Term[]): Term[] {
  return [...hanRuns.map((run) => hanTerm(Array.from(run).slice(0, longestWord).join(""))), ...found.filter((term) => !term.han)];
}

function hanTerm(text: string): Term {
  return { text, han: true, synonyms: synonymsOf(text).map(fold), prefix: false };
}

function letterTerm(text: string, prefix: boolean): Term {
  return { text: text.slice(0, longestWord), han: false, synonyms: synonymsOf(text).map(fold), prefix };
}

function distinct(terms: Term[]): Term[] {
  const seen = new Map<string, Term>();
  for (const term of terms) if (!seen.has(term.text)) seen.set(term.text, term);
  return [...seen.values()];
}
