import { type Form, formsOf, searchesOf } from "#tests/doors/forms.ts";
import { type Door, doorAt } from "#tests/doors/manifest.ts";
import type { House } from "./house.ts";

/** Pages of one door that each person opens, and forms of one act that each sends. */
const PAGES = 3;
const FORMS = 2;
const BEGINNINGS = ["/", "/lessons", "/seminars", "/studios", "/resources", "/inbox", "/me", "/moderation", "/operations/people", "/resources/review"];
/** Ends the session of whoever sends it. */
const LAST = "/sign-out";

export interface Driven {
  pages: number;
  acts: number;
  /** Doors at which nobody came by. */
  unseen: string[];
}

interface Found extends Form {
  who: string | null;
}

/** Everybody follows links from where people begin, searches where a page lets them, and then sends what forms they met. */
export async function drive(house: House, people: House["people"], doors: readonly Door[], say: (line: string) => void): Promise<Driven> {
  const seen = new Set<Door>();
  const forms: Found[] = [];
  let pages = 0;
  for (const who of people) {
    const looked = new Map<Door, number>();
    const waiting = [`/studios/${house.largestStudio}`, `/studios/${house.largestStudio}/members`, ...BEGINNINGS];
    const met = new Set(waiting);
    for (let address = waiting.shift(); address; address = waiting.shift()) {
      const door = doorAt(doors, new URL(address, house.url).pathname);
      if (!door || (looked.get(door) ?? 0) >= PAGES) continue;
      looked.set(door, (looked.get(door) ?? 0) + 1);
      const answer = await house.ask(who, address);
      pages += 1;
      if (answer.status !== 200) continue;
      seen.add(door);
      if (!answer.html) continue;
      for (const form of formsOf(answer.body, address, doors)) forms.push({ ...form, who });
      for (const next of [...linksIn(answer.body), ...searchesOf(answer.body, address)]) {
        if (met.has(next)) continue;
        met.add(next);
        waiting.push(next);
      }
    }
    say(`${pages} pages after ${who ?? "a visitor"}`);
  }
  const acts = await send(house, forms, seen);
  await house.settled();
  return { pages, acts, unseen: doors.filter((door) => !seen.has(door)).map((door) => door.pattern) };
}

async function send(house: House, forms: readonly Found[], seen: Set<Door>): Promise<number> {
  const sent = new Map<string, number>();
  let acts = 0;
  for (const form of forms) {
    const kind = `${form.who} ${form.door.pattern}`;
    if (form.door.pattern === LAST || (sent.get(kind) ?? 0) >= FORMS) continue;
    sent.set(kind, (sent.get(kind) ?? 0) + 1);
    const body = form.files.length > 0 ? new FormData() : new URLSearchParams();
    for (const [name, value] of form.fields) body.append(name, value);
    const { status } = await house.ask(form.who, form.action, { method: "POST", body });
    acts += 1;
    if (status < 400) seen.add(form.door);
  }
  return acts;
}

function linksIn(html: string): string[] {
  return [...html.matchAll(/\shref="(\/[^"#]*)/g)].map((found) => (found[1] ?? "").replaceAll("&amp;", "&")).filter((link) => !link.startsWith("/assets/"));
}
