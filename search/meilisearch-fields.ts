import { createHash } from "node:crypto";
import { standingOf } from "./columns.ts";
import type { SearchDocument, SearchState } from "./engine.ts";
import { facetNames } from "./engine.ts";
import { lexicon, ringNumber, ringNumbersIn } from "./lexicon.ts";
import { soundsOf } from "./pinyin.ts";
import type { Term } from "./query.ts";
import { fold, pairsOf, runsOf } from "./text.ts";

/**
 * What Meilisearch is given. Its own words miss parts of Chinese words, so beside them stand shadow fields: single characters (`*_s1`) and overlapping
 * pairs (`*_s2`), each written as letters only, which no segmenter touches. They are fields of their own, because mixed in one, pairs
 * are no longer neighbours and phrases of pairs fail. What matches comes from the shadow, the order from the words.
 */
export const shadowFields = ["s1", "s2", "letters", "sounds", "tag_sounds", "rings"];
export const titleShadowFields = ["title_s1", "title_s2", "title_letters", "sounds", "rings"];
export const tagShadowFields = [...titleShadowFields, "tag_s1", "tag_s2", "tag_letters", "tag_sounds"];
export const sectionShadowFields = ["section_s1", "section_s2", "section_letters"];
const wordFields = ["title", "text"];

const allShadows = [...new Set([...tagShadowFields, ...shadowFields, ...sectionShadowFields])];

const settings = {
  searchableAttributes: [...wordFields, ...allShadows],
  filterableAttributes: [...facetNames, "accessIds"],
  displayedAttributes: ["id", "kind", "title", "sections", "body", ...facetNames],
  rankingRules: ["words", "attribute", "proximity", "exactness", "standing:desc"],
  // Letters-only tokens one letter apart are other characters, not slips of the finger; and for Chinese words there are no slips either.
  typoTolerance: { enabled: false, disableOnAttributes: allShadows },
  // Never detected: Chinese without kana is taken for Japanese and the other way round.
  localizedAttributes: [
    { attributePatterns: wordFields, locales: ["cmn" as const] },
    { attributePatterns: allShadows, locales: ["eng" as const] },
  ],
  dictionary: [...lexicon],
  pagination: { maxTotalHits: 1_000_000 },
  faceting: { maxValuesPerFacet: 10_000 },
};

/**
 * An index says in its own settings by which of ours it was made, and whether it holds everything: both change places with it when it is swapped,
 * and one that the server made by itself, for documents that came after ours was lost, says nothing. Nobody asks for this word.
 */
const label = "tongyanindex";
const made = createHash("sha256").update(JSON.stringify(settings)).digest("hex").slice(0, 16);

export function indexSettings({ whole }: { whole: boolean }) {
  return { ...settings, synonyms: { [label]: whole ? [made, "whole"] : [made] } };
}

/** What has to be done about an index whose synonyms these are. */
export function rebuildFor(synonyms: Record<string, string[]>): SearchState["rebuild"] {
  const words = synonyms[label] ?? [];
  if (words.length > 0 && !words.includes(made)) return "old_format";
  return words.includes("whole") ? null : "missing";
}

export function keyOf(id: string): string {
  return Buffer.from(id).toString("base64url");
}

export function fieldsOf(given: SearchDocument) {
  const document = wellFormed(given);
  const title = fold(document.title);
  const sections = document.sections.map(({ key, label = "", text }) => ({ key, folded: fold(text), label: text.trim() ? fold(label) : "" }));
  const texts = [...sections.map((section) => section.folded), fold(document.body)];
  const tags = (document.tags ?? []).map(fold);
  const all = [title, ...texts, ...tags, ...sections.map((section) => section.label)];
  const { facets } = document;
  return {
    key: keyOf(document.id),
    id: document.id,
    ...facets,
    kind: document.kind,
    accessIds: document.accessIds,
    title: document.title,
    sections: document.sections,
    body: document.body,
    text: texts.join(". "),
    ...named("title_", gramsOf([title])),
    ...named("tag_", gramsOf(tags)),
    ...named("", gramsOf(all)),
    ...named("section_", joined(sections.map((section) => gramsOf([section.label, section.folded], prefixOf(section.key))))),
    sounds: beginnings(document.title).map((sound) => encode("l", sound)).join(" "),
    tag_sounds: [...new Set((document.tags ?? []).flatMap((tag) => soundsOf(tag).full.flatMap((sound) => Array.from(sound, (_, at) => sound.slice(0, at + 1)))))].filter((sound) => sound.length > 2).map((sound) => encode("l", sound)).join(" "),
    rings: [...new Set(all.flatMap(ringNumbersIn))].map((ring) => encode("r", String(ring))).join(" "),
    standing: standingOf(document),
  };
}

/** Without halves of characters, which the server's JSON refuses. */
function wellFormed(document: SearchDocument): SearchDocument {
  return JSON.parse(JSON.stringify(document, (_key, value: unknown) => (typeof value === "string" ? value.toWellFormed() : value))) as SearchDocument; // the same shape
}

/** The condition that all terms are there, as a query on shadow fields: a run of characters is a phrase of its pairs. */
export function shadowQuery(terms: readonly Term[], sectionKey?: string): string {
  const prefix = sectionKey === undefined ? "" : prefixOf(sectionKey);
  // Only the last word of a query matches as a beginning, and only when no space follows it.
  const inOrder = terms.toSorted((one, other) => Number(one.prefix) - Number(other.prefix));
  const parts = inOrder.map((term) => {
    const ring = sectionKey === undefined ? ringNumber(term.text) : undefined;
    if (ring !== undefined) return encode("r", String(ring));
    if (!term.han) return prefix + encode("l", term.text);
    const pairs = pairsOf(term.text);
    return pairs.length ? `"${pairs.map((pair) => prefix + encode("b", pair)).join(" ")}"` : prefix + encode("c", term.text);
  });
  return parts.join(" ") + (inOrder.at(-1)?.prefix ? "" : " ");
}

interface Grams {
  s1: string;
  s2: string;
  letters: string;
}

function gramsOf(texts: readonly string[], prefix = ""): Grams {
  const ones = new Set<string>();
  const twos: string[] = [];
  const letters = new Set<string>();
  for (const run of texts.flatMap(runsOf)) {
    if (run.kind !== "han") {
      letters.add(prefix + encode("l", run.text.slice(0, 40)));
      continue;
    }
    for (const character of run.text) ones.add(prefix + encode("c", character));
    const pairs = pairsOf(run.text);
    if (pairs.length) twos.push(pairs.map((pair) => prefix + encode("b", pair)).join(" "));
  }
  return { s1: [...ones].join(" "), s2: twos.join(". "), letters: [...letters].join(" ") };
}

function joined(grams: readonly Grams[]): Grams {
  const all = (name: keyof Grams) => grams.map((one) => one[name]).join(". ");
  return { s1: all("s1"), s2: all("s2"), letters: all("letters") };
}

function named(prefix: string, grams: Grams): Record<string, string> {
  return Object.fromEntries(Object.entries(grams).map(([name, value]) => [prefix + name, value]));
}

/** Every beginning of how a title sounds, so that no search for beginnings is needed. */
function beginnings(title: string): string[] {
  const { full, initials } = soundsOf(title);
  const all = new Set<string>();
  for (const sound of full) for (let length = 1; length <= sound.length; length++) all.add(sound.slice(0, length));
  for (const sound of initials) for (let length = 2; length <= sound.length; length++) all.add(sound.slice(0, length));
  return [...all];
}

/** Six letters for a section key. */
function prefixOf(key: string): string {
  let hash = 2166136261;
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 16777619) >>> 0;
  return `k${lettersFor(hash)}`;
}

/** A class letter, then each UTF-16 unit as four letters a to p: letters only, of fixed length, so that none is part of another. */
function encode(kind: "c" | "b" | "l" | "r", text: string): string {
  let encoded: string = kind;
  for (let at = 0; at < text.length; at++) encoded += lettersFor(text.charCodeAt(at), 4);
  return encoded;
}

function lettersFor(number: number, length = 8): string {
  return Array.from(number.toString(16).padStart(length, "0"), (digit) => String.fromCharCode(97 + Number.parseInt(digit, 16))).join("");
}
