import type { Answer, House } from "#tests/doors/house.ts";
import { type Form, formsOf, searchesOf } from "#tests/doors/forms.ts";
import { addressOf, type Door, doorAt } from "#tests/doors/manifest.ts";
import { byLetter, linksOf, type Opening } from "#tests/doors/walk.ts";
import { asksToSignIn } from "#tests/doors/sameness.ts";
import { placesFor } from "#tests/doors/world.ts";

/** A form and the person to whom its page was shown; null: a visitor. */
export interface Found extends Form {
  who: string | null;
}

/** Pages of one door that each person looks at, and forms kept of each act. */
const PAGES = 3;
const FORMS = 10;

/**
 * Collects the forms of all acts: from the pages that were opened, from pages of acts as everybody sees them and after what they search for, then by following links as a visitor and as one person after the other,
 * until every act has some or all have looked. What no form leads to is sent by a script, with nothing but its address or as a letter.
 */
export async function formsOfHouse(house: House, doors: readonly Door[], openings: readonly Opening[]): Promise<Map<Door, Found[]>> {
  const found = new Map<Door, Found[]>();
  const keep = (html: string, address: string, who: string | null) => {
    for (const form of formsOf(html, address, doors)) {
      const known = found.get(form.door) ?? [];
      if (known.length < FORMS && !known.some((one) => one.action === form.action && JSON.stringify(one.fields) === JSON.stringify(form.fields))) found.set(form.door, [...known, { ...form, who }]);
    }
  };
  for (const { answer, address, who } of openings) keep(answer.body, address, who);
  const missing = () => doors.filter((door) => door.acts && !byLetter(door) && !found.has(door));
  for (const door of missing().filter((one) => one.opens)) await lookAt(house, door, () => found.has(door), keep);
  for (const who of [null, ...house.everyKind]) {
    if (missing().length === 0) break;
    await stroll(house, doors, who, (html, address) => keep(html, address, who));
  }
  for (const door of missing()) {
    const sent = await sentByScript(house, door);
    if (sent) found.set(door, [sent]);
  }
  return found;
}

/** Looks at the page of an act everywhere and as everybody, and at what it finds when somebody is searched for, until there is a form. */
async function lookAt(house: House, door: Door, enough: () => boolean, see: (html: string, address: string, who: string | null) => void): Promise<void> {
  for (const place of await placesFor(house.db, door.params)) {
    const address = addressOf(door.pattern, place.values);
    for (const who of [null, ...house.everyKind]) {
      const answer = await house.ask(who, address);
      if (answer.status !== 200) continue;
      see(answer.body, address, who);
      for (const search of enough() ? [] : searchesOf(answer.body, address)) see((await house.ask(who, search)).body, search, who);
      if (enough()) return;
    }
  }
}

/** An order that changes little, as a room takes it. */
const LETTER = JSON.stringify({ type: "hand", up: true });

async function sentByScript(house: House, door: Door): Promise<Found | undefined> {
  for (const place of await placesFor(house.db, door.params)) {
    const action = addressOf(door.pattern, place.values);
    for (const who of house.everyKind) {
      for (const letter of [undefined, LETTER]) {
        const sent = { action, fields: [], free: [], files: [], ...(letter && { letter }) };
        const answer = await send(house, who, sent);
        if (!isRefusal(answer) && answer.status !== 422) return { ...sent, door, others: [], page: action.slice(0, action.lastIndexOf("/")), scripted: true, who };
      }
    }
  }
  return undefined;
}

/** Sends what a form would send, as this person. */
export function send(house: House, who: string | null, form: Pick<Form, "action" | "fields" | "files" | "letter">, { origin = house.url, file }: { origin?: string; file?: Blob } = {}): Promise<Answer> {
  if (form.letter !== undefined) return house.ask(who, form.action, { method: "POST", headers: { origin, "content-type": "text/plain" }, body: form.letter });
  const body = form.files.length > 0 ? new FormData() : new URLSearchParams();
  for (const [name, value] of form.fields) body.append(name, value);
  if (file && body instanceof FormData) for (const name of form.files) body.append(name, file, "试门.docx");
  return house.ask(who, form.action, { method: "POST", headers: { origin }, body });
}

export function isRefusal(answer: Answer): boolean {
  return [401, 403, 404].includes(answer.status) || asksToSignIn(answer);
}

async function stroll(house: House, doors: readonly Door[], who: string | null, see: (html: string, address: string) => void): Promise<void> {
  const waiting = ["/", "/lessons", "/seminars", "/studios", "/resources", "/inbox", "/me", "/sign-in"];
  const met = new Set(waiting);
  const looked = new Map<string, number>();
  for (let address = waiting.shift(); address; address = waiting.shift()) {
    const door = doorAt(doors, new URL(address, house.url).pathname);
    const times = door && (looked.get(door.pattern) ?? 0);
    if (!door?.opens || times === undefined || times >= PAGES) continue;
    looked.set(door.pattern, times + 1);
    const answer = await house.ask(who, address);
    if (answer.status !== 200 || !answer.contentType.startsWith("text/html")) continue;
    see(answer.body, address);
    for (const link of linksOf(answer)) {
      const [bare] = link.split("#") as [string]; // a split gives at least one
      if (met.has(bare)) continue;
      met.add(bare);
      waiting.push(bare);
    }
  }
}
