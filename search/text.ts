import traditional from "opencc-js/dict/TSCharacters";

/**
 * Text as both index and query see it: full-width and compatibility forms, accents, case and traditional characters are folded, one
 * character at a time. Character by character because a phrase table would fold 乾 in 乾隆 and 乾 alone differently, and a part would no longer be found in its whole.
 */
export interface Folded {
  /** Han characters, letters, digits; everything else is a space. */
  text: string;
  /** Where in the original the character begins of which a UTF-16 unit of `text` was made; of the end of `text`, the end of the original. */
  at(unit: number): number;
}

export type RunKind = "han" | "letters" | "digits";

export interface Run {
  kind: RunKind;
  text: string;
}

export function fold(original: string): string {
  return foldWithPositions(original).text;
}

export function foldWithPositions(original: string): Folded {
  let text = "";
  const positions = new Positions();
  // Most of a text is as it was: it is taken over in stretches.
  let stretch = 0;
  for (let position = 0; position < original.length; position++) {
    if (asItIs[original.charCodeAt(position)]) continue;
    const character = String.fromCodePoint(original.codePointAt(position)!);
    const folded = isJoint(original, position) ? "" : foldCharacter(character);
    text += original.slice(stretch, position);
    for (let unit = 0; unit < folded.length; unit++) positions.note(text.length + unit, position);
    text += folded;
    stretch = position + character.length;
    positions.note(text.length, stretch);
    position = stretch - 1;
  }
  return { text: text + original.slice(stretch), at: (unit) => positions.at(unit) };
}

/** Which unit was made of what stands where: only the places from which on it is another number of units further. Usually none. */
class Positions {
  readonly #units: number[] = [];
  readonly #shifts: number[] = [];
  #shift = 0;

  /** In ascending order of units; the last word on a unit counts. */
  note(unit: number, position: number): void {
    if (position - unit === this.#shift) return;
    this.#shift = position - unit;
    this.#units.push(unit);
    this.#shifts.push(this.#shift);
  }

  at(unit: number): number {
    let [low, high] = [0, this.#units.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#units[middle]! <= unit) low = middle + 1;
      else high = middle;
    }
    return unit + (this.#shifts[low - 1] ?? 0);
  }
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
const joint = /(?<=\p{Script=Han})[、·・](?=\p{Script=Han})/uy;

function isJoint(original: string, position: number): boolean {
  if (!"、·・".includes(original[position]!)) return false;
  joint.lastIndex = position;
  return joint.test(original);
}

const simplified = new Map(
  traditional.split("|").map((line): [string, string] => {
    const [from = "", to = ""] = line.split(" ");
    return [from, to];
  }),
);

/** By code point; a page of hits folds some 30,000 characters. */
const known: (string | undefined)[] = new Array<string | undefined>(0x10000).fill(undefined);
/** By code point 1 for those that are known to fold to themselves. */
const asItIs = new Uint8Array(0x10000);

function foldCharacter(character: string): string {
  if (character.length > 1) return foldUnknown(character);
  const code = character.charCodeAt(0);
  const folded = (known[code] ??= foldUnknown(character));
  if (folded === character) asItIs[code] = 1;
  return folded;
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
