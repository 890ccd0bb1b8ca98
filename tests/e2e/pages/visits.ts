import type { Answer, House } from "#tests/doors/house.ts";
import { addressOf, type Door } from "#tests/doors/manifest.ts";
import { openPages } from "#tests/doors/open-pages.ts";
import { byLetter, type Walked } from "#tests/doors/walk.ts";
import { placesFor } from "#tests/doors/world.ts";
import type { Running } from "#tests/e2e/running.ts";
import { preparations } from "./preparations.ts";

/** A page to look at. */
export interface Visit {
  pattern: string;
  address: string;
  /** null: a visitor. */
  who: string | null;
  status: 200 | 404;
}

/** One page of every door that answers with one, as somebody sees it who may; what is open to visitors, as they see it too. */
export async function visitsOf(house: House, doors: readonly Door[], { openings, shut }: Walked): Promise<{ visits: Visit[]; unseen: string[] }> {
  const visits: Visit[] = [];
  const unseen: string[] = [];
  for (const door of doors.filter((one) => one.opens)) {
    const pages = openings.filter((one) => one.door === door && isPage(one.answer)).sort((a, b) => b.answer.body.length - a.answer.body.length);
    const [fullest] = pages;
    if (fullest) visits.push({ pattern: door.pattern, address: fullest.address, who: fullest.who, status: 200 });
    if (fullest && fullest.who === null) visits.push(...(await asMember(house, door.pattern, fullest.address)));
    if (!shut.includes(door) && !byLetter(door)) continue;
    const prepare = preparations[door.pattern];
    const prepared = prepare && (await prepare(house));
    if (prepared) visits.push({ pattern: door.pattern, ...prepared, status: 200 });
    else unseen.push(door.pattern);
  }
  const [member = null] = house.everyKind;
  visits.push({ pattern: "nothing there", address: "/nothing/there", who: null, status: 404 }, { pattern: "not theirs", address: await notTheirs(house), who: member, status: 404 });
  return { visits, unseen };
}

/** The pages of an installation in which nobody has done anything, the link for its first operator among them. */
export function emptyVisits({ said }: Running): Visit[] {
  const [, setup = "/setup/none"] = /(\/setup\/[\w-]+)/.exec(said()) ?? [];
  const pages = { "/setup/:token": setup, "/": "/", "/studios": "/studios", "/resources": "/resources", "/sign-in": "/sign-in" };
  return Object.entries(pages).map(([pattern, address]) => ({ pattern, address, who: null, status: 200 as const }));
}

export function isPage({ status, contentType }: Answer): boolean {
  return status === 200 && contentType.startsWith("text/html");
}

async function asMember(house: House, pattern: string, address: string): Promise<Visit[]> {
  const [member = ""] = house.everyKind;
  return isPage(await house.ask(member, address)) ? [{ pattern, address, who: member, status: 200 }] : [];
}

async function notTheirs(house: House): Promise<string> {
  const [place] = await placesFor(house.db, ["planId"]);
  return addressOf("/plans/:planId", place?.values ?? {});
}
