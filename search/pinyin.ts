import { pinyin } from "pinyin-pro";
import { foldWithPositions } from "./text.ts";

interface Syllable {
  sound: string;
  /** Where the character stands in the original, in UTF-16 units. */
  from: number;
  to: number;
}

/**
 * What a title sounds like, from each of its characters on: `mianji` and `mj` are beginnings of what 长方形的面积 gives from 面 on.
 * ü is written v, as it is typed.
 */
export function soundsOf(title: string): { full: string[]; initials: string[] } {
  const full: string[] = [];
  const initials: string[] = [];
  for (const run of syllablesOf(title)) {
    run.forEach((_, start) => {
      full.push(run.slice(start, start + 6).map((syllable) => syllable.sound).join(""));
      initials.push(run.slice(start, start + 8).map((syllable) => syllable.sound[0]).join(""));
    });
  }
  return { full, initials };
}

/** The parts of a title that sound like typed Latin letters, as positions in the title. */
export function soundingLike(title: string, letters: string): { from: number; to: number }[] {
  return syllablesOf(title).flatMap((run) =>
    run.flatMap((first, start) => {
      const length = Math.max(lengthByFull(run, start, letters), letters.length > 1 ? lengthByInitials(run, start, letters) : 0);
      return length ? [{ from: first.from, to: run[start + length - 1]!.to }] : [];
    }),
  );
}

function lengthByFull(run: Syllable[], start: number, letters: string): number {
  let sound = "";
  for (let index = start; index < run.length; index++) {
    sound += run[index]!.sound;
    if (sound.startsWith(letters)) return index - start + 1;
    if (!letters.startsWith(sound)) return 0;
  }
  return 0;
}

function lengthByInitials(run: Syllable[], start: number, letters: string): number {
  if (start + letters.length > run.length) return 0;
  return Array.from(letters).every((letter, index) => run[start + index]!.sound[0] === letter) ? letters.length : 0;
}

/** Han runs of the title as syllables. Read in context: 长 is chang in 长方形. */
function syllablesOf(title: string): Syllable[][] {
  const { text, at } = foldWithPositions(title.slice(0, 300));
  return Array.from(text.matchAll(/\p{Script=Han}+/gu), (match) => {
    const sounds = pinyin(match[0], { toneType: "none", type: "array", v: true });
    let unit = match.index;
    return Array.from(match[0], (character, index) => {
      const from = at(unit);
      unit += character.length;
      return { sound: (sounds[index] ?? "").toLowerCase().replace(/[^a-z]/g, "") || "?", from, to: at(unit) };
    });
  });
}
