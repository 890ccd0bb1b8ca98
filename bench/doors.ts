import { newId } from "#db/ids.ts";
import { circleOf } from "#tests/doors/circle.ts";
import { type Answer, drawHouse, type House } from "#tests/doors/house.ts";
import { addressOf, type Door, doorsOf, theBuild } from "#tests/doors/manifest.ts";
import { openPages } from "#tests/doors/open-pages.ts";
import { asksToSignIn, bare } from "#tests/doors/sameness.ts";
import { byLetter } from "#tests/doors/walk.ts";
import { type Place, placesFor } from "#tests/doors/world.ts";
import type { Bench } from "./bench.ts";
import { quantile, rounded } from "./numbers.ts";

/** Somebody at an address in which an identifier was put that is not theirs. */
interface Swap {
  door: Door;
  place: Place;
  /** null: a visitor. */
  who: string | null;
  /** Looking at it, as a page or as its data, or doing it. */
  how: "page" | "data" | "act";
}

/**
 * Identifiers of the demonstration put into every address that has one, to look and to act, as people of every role, visitors among them, who have nothing to do
 * with what they name, by the rows and not by the product's own rules (`tests/doors/circle.ts`). Beside each the same address with an
 * identifier of nothing, before it or after it by turns: the answers must be one, and take the same time.
 */
export const doors: Bench = {
  about: "swapped identifiers over all addresses, as everybody: what leaks, and whether not yours differs from not there",
  options: { swaps: 5_000 },
  async run({ option, random, say }) {
    const blueprint = await drawHouse();
    const house = await blueprint.house();
    try {
      const all = await swapsIn(house, random);
      if (all.length === 0) throw new Error("nothing to swap");
      say(`${all.length} pairs of a person and an address that is not theirs; ${option("swaps")} of them are tried`);
      const broken: string[] = [];
      const [here, there]: [number[], number[]] = [[], []];
      const tried = { doors: new Set<string>(), people: new Set<string>() };
      let leaks = 0;
      let differing = 0;
      for (let no = 0; no < option("swaps"); no += 1) {
        const swap = all[no % all.length] as Swap; // there is one
        const [own, nothing] = addressesOf(swap);
        const first = random() < 0.5;
        const pair = first ? [await timed(house, swap, own), await timed(house, swap, nothing)] : [await timed(house, swap, nothing), await timed(house, swap, own)];
        const [mine, none] = (first ? pair : [...pair].reverse()) as [Timed, Timed];
        here.push(mine.ms);
        there.push(none.ms);
        tried.doors.add(swap.door.pattern);
        tried.people.add(swap.who ?? "a visitor");
        const ids = [own, nothing].flatMap((address) => address.match(/[0-9A-HJKMNP-TV-Z]{26}/g) ?? []);
        const said = `${swap.who ?? "a visitor"} at ${own} (${swap.door.pattern}, ${swap.how})`;
        if (mine.answer.status < 400 && !(swap.who === null && asksToSignIn(mine.answer))) {
          leaks += 1;
          broken.push(`${said}: ${mine.answer.status}`);
        } else if (JSON.stringify(bare(mine.answer, ids)) !== JSON.stringify(bare(none.answer, ids))) {
          differing += 1;
          broken.push(`${said}: ${mine.answer.status}, and ${none.answer.status} where there is nothing, or another word`);
        }
      }
      const [notYours, notThere] = [here, there].map((times) => times.sort((a, b) => a - b)) as [number[], number[]];
      const ours = { swaps: here.length, pairs: all.length, doors: tried.doors.size, people: tried.people.size, leaks, differing, notYoursP50Ms: rounded(quantile(notYours, 0.5)), notYoursP95Ms: rounded(quantile(notYours, 0.95)) };
      const peer = { name: "not there (baseline)", version: "the same run", notYoursP50Ms: rounded(quantile(notThere, 0.5)), notYoursP95Ms: rounded(quantile(notThere, 0.95)) };
      return { ours, peer, ratio: { notYoursP50Ms: rounded(ours.notYoursP50Ms / peer.notYoursP50Ms), notYoursP95Ms: rounded(ours.notYoursP95Ms / peer.notYoursP95Ms) }, samples: here.length, broken };
    } finally {
      await house.close();
      await blueprint.remove();
    }
  },
};

interface Timed {
  answer: Answer;
  ms: number;
}

async function timed(house: House, { who, how }: Swap, address: string): Promise<Timed> {
  const since = performance.now();
  const answer = await house.ask(who, address, how === "act" ? { method: "POST", headers: { origin: house.url }, body: new URLSearchParams() } : {});
  return { answer, ms: performance.now() - since };
}

/** Everybody who is outside of what an address names, in an order by chance, so that any number of them from the front meets all doors. */
async function swapsIn(house: House, random: () => number): Promise<Swap[]> {
  const byDoor: Swap[][] = [];
  const people = [null, house.stranger, ...house.everyKind];
  for (const door of doorsOf(await theBuild()).filter((one) => one.params.length > 0 && !byLetter(one))) {
    const found: Swap[] = [];
    const ways = [...(door.opens ? (["page", "data"] as const) : []), ...(door.acts ? (["act"] as const) : [])];
    for (const place of await placesFor(house.db, door.params)) {
      // What the list calls open is open to all, but for what is marked as closed.
      if (openPages[door.pattern] && !place.closed) continue;
      const circle = await circleOf(house.db, place.values);
      if (circle) for (const who of people) if (!who || !circle.has(who)) for (const how of ways) found.push({ door, place, who, how });
    }
    byDoor.push(shuffled(found, random));
  }
  const longest = Math.max(...byDoor.map((found) => found.length));
  return Array.from({ length: longest }, (_, at) => byDoor.flatMap((found) => found[at] ?? [])).flat();
}

function shuffled<One>(list: readonly One[], random: () => number): One[] {
  return list.map((one) => ({ one, at: random() })).sort((a, b) => a.at - b.at).map(({ one }) => one);
}

/** What somebody else's is called, and what nothing is called. */
function addressesOf({ door, place, how }: Swap): [own: string, nothing: string] {
  const [noun = ""] = door.params;
  const address = (values: Record<string, string>) => addressOf(door.pattern, values) + (how === "data" ? ".data" : "");
  return [address(place.values), address({ ...place.values, [noun]: newId() })];
}
