import type { i18n } from "i18next";
import { remembering } from "./said.ts";

/** A page says here which rooms' words it was written with, so that the browser fetches those first: see entry.client. */
export const ROOMS_ID = "rooms-of-words";

/** The same words for one answer, which remember the rooms that were asked for. */
export function overheard(words: i18n): i18n {
  const rooms = new Set<string>(["common"]);
  const reportNamespaces = {
    addUsedNamespaces: (asked: readonly string[]) => {
      for (const room of asked) for (const one of [room, ...roomsWithin(words, room)]) rooms.add(one);
    },
    getUsedNamespaces: () => [...rooms],
  };
  return Object.create(words, { reportNamespaces: { value: reportNamespaces }, getFixedT: { value: remembering(words) } }) as i18n; // it is one, but for what it overhears
}

const within = new WeakMap<i18n, Map<string, readonly string[]>>();

/** Rooms that sentences of this one borrow words from: `$t(regions:…)`. i18next asks for those behind everybody's back. */
function roomsWithin(words: i18n, room: string): readonly string[] {
  const known = within.get(words) ?? new Map<string, readonly string[]>();
  within.set(words, known);
  const found = known.get(room) ?? [...JSON.stringify(words.getResourceBundle(words.language, room) ?? {}).matchAll(/\$t\((\w+):/g)].map((one) => one[1] ?? "");
  known.set(room, found);
  return found;
}

/** The rooms that were asked for so far while this answer is written; in a browser, those that its page came with. */
export function roomsAskedFor(words: i18n): string[] {
  return words.reportNamespaces?.getUsedNamespaces() ?? [];
}
