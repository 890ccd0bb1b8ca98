import type { i18n, TFunction } from "i18next";

type Say = (...what: unknown[]) => unknown;

/** Words that are said without anything put into them: more than a room has. Of the others those that were said last. */
const SAID = 2_000;
/** Names and titles are put into few sentences, and each into its own. */
const SHORT = 24;
const known = new WeakMap<i18n, Say>();

/** The same words. i18next finds each anew whenever it is said, and puts in what is put into it; here that happens once for the same. For words that do not change any more. */
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
  const filled = new Map<string, string>();
  const say: Say = (...what) => {
    const [key, into] = what;
    if (what.length === 1) {
      const found = said.get(key) ?? find(key);
      if (typeof found === "string" && said.size < SAID) said.set(key, found);
      return found;
    }
    const whole = what.length === 2 ? together(key, into) : undefined;
    const before = whole === undefined ? undefined : filled.get(whole);
    if (before !== undefined) return before;
    const found = find(...what);
    if (whole !== undefined && typeof found === "string") {
      if (filled.size >= SAID) filled.clear();
      filled.set(whole, found);
    }
    return found;
  };
  return Object.assign(say, t); // with its language and room
}

/** A sentence and what is put into it as one string, that no other pair has; undefined for anything but numbers and short words. */
function together(key: unknown, into: unknown): string | undefined {
  if (typeof key !== "string" || typeof into !== "object" || into === null) return undefined;
  let whole = key;
  for (const [name, value] of Object.entries(into)) {
    const isShort = typeof value === "string" && value.length <= SHORT;
    if (!isShort && typeof value !== "number") return undefined;
    whole += `\0${name}\0${typeof value}\0${value}`;
  }
  return whole.split("\0").length === 1 + 3 * Object.keys(into).length ? whole : undefined;
}
