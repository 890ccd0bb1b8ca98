import traditional from "opencc-js/dict/TSCharacters";

/**
 * Text as both index and query see it: full-width and compatibility forms, accents, case and traditional characters are folded, one
 * character at a time. Character by character because a phrase table would fold 乾 in 乾隆 and 乾 alone differently, and a part would no longer be found in its whole.
 */
export interface Folded {
  /** Han characters, letters, digits; everything else is a space. */
  text: string;
  /** Where in the original each UTF-16 unit of `text` begins; one entry more for the end. */
  at: number[];
}

export type RunKind = "han" | "letters" | "digits";

export interface Run {
  kind: RunKind;
  text: string;
}

export function fold(original: string): string {
  let folded = "";
  for (const character of withoutJoints(original)) folded += foldCharacter(character);
  return folded;
}

export function foldWithPositions(original: string): Folded {
  let text = "";
  const at: number[] = [];
  let position = 0;
  const joints = jointsOf(original);
  for (const character of original) {
    const folded = joints.has(position) ? "" : foldCharacter(character);
    for (let unit = 0; unit < folded.length; unit++) at.push(position);
    text += folded;
    position += character.length;
  }
  at.push(original.length);
  return { text, at };
}

/** Runs of one kind in folded text: `react18重难点` is letters, digits, Han. */
export function runsOf(folded: string): Run[] {
  return Array.from(folded.matchAll(/(\p{Script=Han}+)|(\p{N}+)|[^\p{Script=Han}\p{N} ]+/gu), (match) => ({
    kind: match[1] ? "han" : match[2] ? "digits" : "letters",
    text: match[0],
  }));
}

/** Overlapping pairs of a Han run; a run of one character has none. */
export function pairsOf(run: string): string[] {
  const characters = Array.from(run);
  return characters.slice(1).map((character, index) => characters[index]! + character);
}

/** Between Chinese characters `、` and `·` join rather than part: 元角分 is found in 元、角、分, 重难点 in 重、难点. */
const joint = /(?<=\p{Script=Han})[、·・](?=\p{Script=Han})/gu;

function withoutJoints(original: string): string {
  return original.replace(joint, "");
}

function jointsOf(original: string): Set<number> {
  return new Set(Array.from(original.matchAll(joint), (match) => match.index));
}

const simplified = new Map(
  traditional.split("|").map((line): [string, string] => {
    const [from = "", to = ""] = line.split(" ");
    return [from, to];
  }),
);

/** By code point; a page of hits folds some 30,000 characters. */
const known: (string | undefined)[] = new Array<string | undefined>(0x10000).fill(undefined);

function foldCharacter(character: string): string {
  if (character.length > 1) return foldUnknown(character);
  const code = character.charCodeAt(0);
  return (known[code] ??= foldUnknown(character));
}

function foldUnknown(character: string): string {
  // Soft hyphens and joiners are invisible: they must not part a word.
  if (/^\p{Cf}$/u.test(character)) return "";
  const plain = character.normalize("NFKD").toLowerCase().normalize("NFKD").replace(/\p{M}+/gu, "");
  if (plain === "" && /^\p{M}$/u.test(character)) return "";
  const kept = Array.from(plain, (part) => simplified.get(part) ?? part)
    .join("")
    .replace(/[^\p{L}\p{N}\p{Script=Han}]+/gu, " ");
  return kept === "" ? " " : kept;
}
