import type { Answer, House } from "#tests/doors/house.ts";
import { openPages } from "#tests/doors/open-pages.ts";
import { addressOf, type Door, doorAt } from "#tests/doors/manifest.ts";
import { type Place, placesFor } from "#tests/doors/world.ts";

/** A door that somebody of the demonstration just opened. */
export interface Opening {
  door: Door;
  place: Place;
  address: string;
  /** null: a visitor. */
  who: string | null;
  answer: Answer;
}

export interface Walked {
  openings: Opening[];
  /** Doors that nobody could open. */
  shut: Door[];
}

/** A link that came by letter opens to whoever holds it; its token is the right, and nobody else's can be guessed. */
export const byLetter = (door: Door): boolean => door.params.includes("token");

/**
 * Opens every door at every place where somebody can. Doors that want more than their parameters (`?person=…`) are opened by the
 * links of the pages that were opened before. `enough`: how many places of one door are opened where one does not want them all.
 */
export async function walk(house: House, doors: readonly Door[], enough = Infinity): Promise<Walked> {
  const openings: Opening[] = [];
  const linked = new Map<Door, Set<string>>();
  const likely = new Map<string, string | null>();
  const open = async (door: Door, place: Place, address: string) => {
    if (openings.filter((one) => one.door === door).length >= enough) return;
    const noun = Object.values(place.values)[0] ?? "";
    const first = openPages[door.pattern] === "anybody" ? [null] : likely.has(noun) ? [likely.get(noun) ?? null] : [];
    for (const who of [...first, ...house.everyKind]) {
      const answer = await house.ask(who, address);
      if (answer.status !== 200) continue;
      likely.set(noun, who);
      openings.push({ door, place, address, who, answer });
      for (const link of linksOf(answer)) {
        const to = doorAt(doors, new URL(link, house.url).pathname);
        if (to) linked.set(to, (linked.get(to) ?? new Set()).add(link));
      }
      return;
    }
  };
  const toOpen = doors.filter((door) => door.opens && !byLetter(door));
  for (const door of toOpen) for (const place of await placesFor(house.db, door.params)) await open(door, place, addressOf(door.pattern, place.values));
  const opened = () => new Set(openings.map((one) => one.door));
  for (const door of toOpen.filter((one) => !opened().has(one))) {
    const places = await placesFor(house.db, door.params);
    for (const link of linked.get(door) ?? []) {
      const place = places.find((one) => addressOf(door.pattern, one.values) === new URL(link, house.url).pathname);
      if (place) await open(door, place, link);
    }
  }
  return { openings, shut: toOpen.filter((door) => !opened().has(door)) };
}

/** Addresses of our own that a page links to. */
export function linksOf(answer: Pick<Answer, "body">): string[] {
  return [...answer.body.matchAll(/\shref="(\/[^"]*)"/g)].map((found) => (found[1] ?? "").replaceAll("&amp;", "&"));
}
