import WebSocket from "ws";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { newId } from "#db/ids.ts";
import { demoId } from "#server/demo/ids.ts";
import { DEMO_PASSWORD, demoLogin } from "#server/demo/people.ts";
import { circleOf, nearOf } from "#tests/doors/circle.ts";
import { formsOf } from "#tests/doors/forms.ts";
import { shake } from "#tests/doors/lines.ts";
import { KINDS, type Knocker, knockersAt } from "#tests/doors/knockers.ts";
import { openPages } from "#tests/doors/open-pages.ts";
import { knockAtPlain } from "#tests/doors/plain.ts";
import { knockAtSockets, openLines, openSeminar } from "#tests/doors/sockets.ts";
import { type Answer, type Blueprint, drawHouse, type House } from "#tests/doors/house.ts";
import { addressOf, type Door, doorsOf, theBuild } from "#tests/doors/manifest.ts";
import { changed, rowsOf } from "#tests/doors/rows.ts";
import { asksToSignIn, bare } from "#tests/doors/sameness.ts";
import { type Opening, walk, type Walked } from "#tests/doors/walk.ts";
import type { Place } from "#tests/doors/world.ts";

let blueprint: Blueprint;
let house: House;
let doors: Door[];
let walked: Walked;
let beforeTheWalk: Record<string, string>;

beforeAll(async () => {
  quiet();
  blueprint = await drawHouse();
  house = await blueprint.house();
  doors = doorsOf(await theBuild());
  beforeTheWalk = await rowsOf(house.db);
  walked = await walk(house, doors);
}, 600_000);

beforeEach(quiet);

afterAll(async () => {
  await house?.close();
  await blueprint?.remove();
});

/** The framework announces changes of its next version once for every plain answer. */
function quiet(): void {
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
}

test("every page is opened by somebody of the demonstration, so that refusals prove something", () => {
  expect(doors.length).toBeGreaterThan(40);
  expect(walked.shut.map((door) => door.pattern)).toEqual([]);
});

test("opening every page changes nothing", async () => {
  expect(changed(beforeTheWalk, await rowsOf(house.db))).toEqual([]);
});

test("a visitor is shown the way to the sign-in page, or nothing", { timeout: 600_000 }, async () => {
  const faults: string[] = [];
  for (const { door, address } of walked.openings.filter((one) => one.place.closed || openPages[one.door.pattern] !== "anybody")) {
    for (const form of bothForms(address)) {
      const answer = await house.ask(null, form);
      if (!asksToSignIn(answer) && answer.status !== 404) faults.push(`${form} (${door.pattern}): a visitor gets ${answer.status}`);
    }
  }
  expect(faults).toEqual([]);
});

test("whoever may not open a page learns nothing from it, not even that it is there", { timeout: 600_000 }, async () => {
  const faults: string[] = [];
  const knocked = new Set<string>();
  for (const opening of walked.openings.filter((one) => one.place.closed || !openPages[one.door.pattern])) {
    const circle = await circleOf(house.db, opening.place.values);
    for (const knocker of knockersAt(house, opening.place.studioId, circle, circle && (await nearOf(house.db, opening.place.values, circle)))) {
      // Of a studio that everybody inside knows, what somebody may not do there is a matter of its acts.
      if (!circle && !OUTSIDERS.has(knocker.kind)) continue;
      knocked.add(knocker.kind);
      faults.push(...(await strangerAt(opening, knocker)));
    }
  }
  expect(faults).toEqual([]);
  expect([...knocked].sort()).toEqual(KINDS);
});

const OUTSIDERS = new Set<Knocker["kind"]>(["a stranger", "a trainee of another studio"]);

test("every page of somebody signed in has the way out, as a form that needs no script", () => {
  const seen = walked.openings.filter(({ who, answer }) => who && answer.contentType.startsWith("text/html"));
  expect(seen.length).toBeGreaterThan(80);
  expect(seen.filter(({ answer, address }) => !formsOf(answer.body, address, doors).some(({ action }) => action === "/sign-out")).map(({ address }) => address)).toEqual([]);
});

test("no cache on the way keeps what a person was shown, as a page or as its data", { timeout: 300_000 }, async () => {
  const faults: string[] = [];
  for (const { address, who, door } of walked.openings.filter((one) => one.who)) {
    for (const form of bothForms(address)) {
      const said = (await house.ask(who, form)).headers["cache-control"] ?? "";
      if (!/private/.test(said) || !/no-store|no-cache/.test(said)) faults.push(`${form} (${door.pattern}): cache-control ${said || "is missing"}`);
    }
  }
  expect(faults).toEqual([]);
});

test("what is answered before the pages is answered to those alone whose it is, and to others as if it were not there", { timeout: 300_000 }, async () => {
  expect(await knockAtPlain(house)).toEqual([]);
});

test("nobody opens a socket who has no right to what is behind it, at any path on which the server takes one", { timeout: 300_000 }, async () => {
  expect(house.sockets.length).toBeGreaterThan(3);
  expect(await knockAtSockets(house)).toEqual([]);
});

test("sessions that somebody ends end what was open by them: pages, documents, rooms, picture and sound", { timeout: 120_000 }, async () => {
  await endsWhatIsOpen(async (cookie) => expect((await byForm("/me/sessions", { which: "others", password: DEMO_PASSWORD }, cookie)).location).toBe("/me/sessions"));
});

test("an account that is frozen ends what was open by it: pages, documents, rooms, picture and sound; lifted, it opens again", { timeout: 120_000 }, async () => {
  const operator = house.cookieOf(demoId("person", "gao-yuan"));
  const at = `/operations/people/${HOST()}`;
  await endsWhatIsOpen(async () => expect((await byForm(`${at}/freeze`, { reason: "账号被人借用" }, operator)).location).toBe("/operations/people"));
  expect((await signsIn()).status).toBe(403);
  expect((await byForm(`${at}/lift`, {}, operator)).location).toBe("/operations/people");
  expect((await signsIn()).status).toBe(302);
});

// The last: whom it is about has another password afterwards.
test("a changed password ends what was open elsewhere: pages, documents, rooms, picture and sound", { timeout: 120_000 }, async () => {
  await endsWhatIsOpen(async (cookie) => expect((await byForm("/me/password", { oldPassword: DEMO_PASSWORD, password: "通分与约分都要会" }, cookie)).location).toBe("/me/data"));
});

const HOST = () => demoId("person", "fang-xiaohe");

function byForm(path: string, fields: Record<string, string>, cookie = ""): Promise<Answer> {
  return house.ask(null, path, { method: "POST", headers: { origin: house.url, cookie }, body: new URLSearchParams(fields) });
}

async function signsIn(): Promise<Answer & { cookie: string }> {
  const answer = await byForm("/sign-in", { login: demoLogin("fang-xiaohe"), password: DEMO_PASSWORD });
  return { ...answer, cookie: answer.headers["set-cookie"]?.split(";")[0] ?? "" };
}

/** The host of a seminar is signed in twice, and has everything open on one device. @param act what she, or somebody, does by the other */
async function endsWhatIsOpen(act: (cookie: string) => Promise<void>): Promise<void> {
  const seminar = await openSeminar(house);
  const host = seminar.hostId;
  expect(host).toBe(HOST());
  const [elsewhere, here] = [(await signsIn()).cookie, (await signsIn()).cookie];
  const there: House = { ...house, cookieOf: () => elsewhere, ask: (_who, path, init = {}) => house.ask(null, path, { ...init, headers: { ...(init.headers as Record<string, string>), cookie: elsewhere } }) };
  const [colleague = ""] = [...((await circleOf(house.db, { seminarId: seminar.id })) ?? [])].filter((one) => one !== host);
  const theirs = await openLines(there, host, seminar);
  const { line: others } = await shake(house, colleague, "/collab");
  expect((await there.ask(host, "/me")).status).toBe(200);
  await act(here);
  expect(asksToSignIn(await there.ask(host, "/me"))).toBe(true);
  await vi.waitFor(() => expect(theirs.map(({ readyState }) => readyState)).toEqual(theirs.map(() => WebSocket.CLOSED)), 20_000);
  expect(others?.readyState).toBe(WebSocket.OPEN);
  others?.terminate();
}

async function strangerAt({ door, place, address }: Opening, { who, kind }: Knocker): Promise<string[]> {
  const faults: string[] = [];
  const [noun = ""] = door.params;
  const lost = { ...place.values, ...(noun ? { [noun]: newId() } : {}) };
  const ids = [...Object.values(place.values), ...Object.values(lost)].filter((one) => one.length > 6);
  const nowhere = bothForms(addressOf(door.pattern, lost) + new URL(address, house.url).search);
  for (const [index, form] of bothForms(address).entries()) {
    const here = bare(await house.ask(who, form), ids);
    const said = `${form} (${door.pattern}): ${kind}`;
    if (here.status < 400) faults.push(`${said} gets ${here.status}`);
    if (here.status < 400 || (here.status === 403 && (await knowsOf(door, place, who)))) continue;
    const there = await atNothing(nowhere[index] ?? "", door, who, ids);
    if (here.status !== there.status) faults.push(`${said} gets ${here.status}, and ${there.status} where there is nothing`);
    else if (here.body !== there.body) faults.push(`${said} can tell it from nothing: ${difference(here.body, there.body)}`);
    else if (here.headers !== there.headers) faults.push(`${said} can tell it from nothing by its head: ${difference(here.headers, there.headers)}`);
  }
  return faults;
}

const nothings = new Map<string, ReturnType<typeof bare>>();

/** The answer where there is nothing, asked for once for each person and door: what it says does not depend on what is missing. */
async function atNothing(address: string, door: Door, who: string, ids: readonly string[]): Promise<ReturnType<typeof bare>> {
  const key = `${who} ${door.pattern} ${ids.reduce((left, id) => left.replaceAll(id, ""), address)}`;
  const known = nothings.get(key) ?? bare(await house.ask(who, address), ids);
  nothings.set(key, known);
  return known;
}

/** Whether the noun itself is open to this person (a colleague's page, a studio's home), so that "you may not" tells nothing new. */
async function knowsOf(door: Door, place: Place, who: string): Promise<boolean> {
  for (const pattern of Object.keys(openPages)) {
    if (!pattern.includes(":") || !door.pattern.startsWith(`${pattern}/`)) continue;
    if ((await house.ask(who, addressOf(pattern, place.values))).status === 200) return true;
  }
  return door.params.length === 0;
}

/** As a browser asks for a page, and as the router asks for its data. */
function bothForms(address: string): string[] {
  const { pathname, search } = new URL(address, house.url);
  return [address, `${pathname === "/" ? "/_root" : pathname}.data${search}`];
}

function difference(one: string, other: string): string {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  return `…${one.slice(Math.max(0, at - 40), at + 40)}… / …${other.slice(at, at + 40)}…`;
}
