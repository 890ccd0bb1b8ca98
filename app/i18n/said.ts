import type { i18n, TFunction } from "i18next";

type Say = (...what: unknown[]) => unknown;

/** Words that are said without anything put into them: more than a room has. */
const SAID = 2_000;
const known = new WeakMap<i18n, Say>();

/** The same words. i18next finds each anew whenever it is said; what nothing is put into is found once. For words that do not change any more. */
export function remembering(words: i18n): i18n["getFixedT"] {
  const before = known.get(words) ?? fixing(words.getFixedT.bind(words) as Say); // what is asked is handed on as it is
  known.set(words, before);
  return before as i18n["getFixedT"]; // of whose answers it gives one
}

function fixing(getFixedT: Say): Say {
  const rooms = new Map<string, Say>();
  return (...asked) => {
    const room = JSON.stringify(asked);
    const say = rooms.get(room) ?? sayingOnce(getFixedT(...asked) as TFunction);
    rooms.set(room, say);
    return say;
  };
}

function sayingOnce(t: TFunction): Say {
  const find = t as unknown as Say; // what is asked is handed on as it is
  const said = new Map<unknown, unknown>();
  const say: Say = (...what) => {
    const plain = what.length === 1;
    const before = plain ? said.get(what[0]) : undefined;
    if (before !== undefined) return before;
    const found = find(...what);
    if (plain && typeof found === "string" && said.size < SAID) said.set(what[0], found);
    return found;
  };
  return Object.assign(say, t); // with its language and room
}
