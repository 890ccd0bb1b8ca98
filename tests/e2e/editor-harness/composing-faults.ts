import type { ComposingRound } from "./composing-round.ts";

/** Between blocks; a soft line break in the text is "\n". */
const END = "\u0001";

/** Everything that went wrong in a round, in words; nothing when all is as it should be. */
export function faultsOf(round: ComposingRound): string[] {
  const { mine, others, seen, kept, otherBefore, endedEarly, errors } = round;
  const all = mine.join(END);
  return [
    ...(same(mine, others) ? [] : ["the two pages differ"]),
    // The page draws a soft line break as an element, without a character.
    ...(same(mine.map((text) => text.replaceAll("\n", "")), seen) ? [] : ["the page shows something else than the editor's state"]),
    ...(same(mine, kept) ? [] : ["the document holds something else"]),
    ...(endedEarly ? ["the composition was broken off"] : []),
    ...(/[a-z]/.test(otherBefore.join("")) ? ["the other one saw letters"] : []),
    ...(/[a-z]/.test(all) ? ["letters stayed in the text"] : []),
    ...errors,
    ...(round.wrote === null ? cancelled(round) : written(round, round.wrote)),
  ];
}

function cancelled({ mine, otherBefore, replaced }: ComposingRound): string[] {
  // Chromium deletes the selected words when the composition over them begins, and does not bring them back.
  const untouched = same(mine, otherBefore) || (replaced !== "" && without(mine, replaced) === without(otherBefore, replaced));
  return untouched ? [] : ["cancelling changed the text"];
}

function written(round: ComposingRound, wrote: string): string[] {
  const { mine, otherBefore, replaced, caret } = round;
  const times = mine.join(END).split(wrote).length - 1;
  if (times !== 1) return [`the text is there ${times} times`];
  const block = mine.findIndex((text) => text.includes(wrote));
  const end = (mine[block] ?? "").indexOf(wrote) + wrote.length;
  // In a paragraph of its own where the one it was in has been deleted.
  const rescued = mine[block] === wrote;
  const rest = mine.join(END).replace(wrote, "");
  const wanted = [otherBefore.join(END), otherBefore.join(END).replace(replaced, "")];
  const intact = wanted.some((text) => text === rest || (rescued && filled(text) === filled(rest)));
  return [
    ...(intact ? [] : ["something else than the text changed"]),
    ...neighbours(round, wrote),
    ...(caret?.block === block && caret.start === end && caret.end === end ? [] : ["the caret is not behind the text"]),
  ];
}

/** In place of the words that it replaces; else beside the left neighbour as long as that is there, else beside the right one. */
function neighbours({ mine, otherBefore, left, right, replaced }: ComposingRound, wrote: string): string[] {
  const all = mine.join(END);
  if (replaced !== "" && otherBefore.join(END).replace(replaced, wrote) === all) return [];
  const at = all.indexOf(wrote);
  const there = (neighbour: string | undefined): neighbour is string => neighbour !== undefined && otherBefore.join("").includes(neighbour);
  const besideLeft = there(left) && all[at - 1] === left;
  const besideRight = there(right) && all[at + wrote.length] === right;
  // Words at the beginning of a block that somebody cut in two stay, and what was to replace them stands before them.
  const beforeReplaced = replaced !== "" && left === undefined && all[at + wrote.length] === replaced[0];
  return besideLeft || besideRight || beforeReplaced || !(there(left) || there(right)) ? [] : ["the text stands in another place"];
}

function filled(text: string): string {
  return text.split(END).filter(Boolean).join(END);
}

function without(texts: readonly string[], part: string): string {
  return texts.join(END).replace(part, "");
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
