import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { partsIn } from "#tests/doors/circle.ts";
import { type Found, formsOfHouse, isRefusal, send } from "#tests/doors/crawl.ts";
import { formsOf } from "#tests/doors/forms.ts";
import { type Blueprint, drawHouse, holdJobs, type House } from "#tests/doors/house.ts";
import { KINDS, knockersAt } from "#tests/doors/knockers.ts";
import { addressOf, type Door, doorsOf, theBuild } from "#tests/doors/manifest.ts";
import { openPages } from "#tests/doors/open-pages.ts";
import { changed, rowsOf } from "#tests/doors/rows.ts";
import { byLetter, walk } from "#tests/doors/walk.ts";
import { placesFor } from "#tests/doors/world.ts";
import { aWordFile, line } from "#tests/plans/word-files.ts";

let blueprint: Blueprint;
let house: House;
let doors: Door[];
let acts: Door[];
let forms: Map<Door, Found[]>;

beforeAll(async () => {
  quiet();
  blueprint = await drawHouse();
  house = await blueprint.house();
  doors = doorsOf(await theBuild());
  acts = doors.filter((door) => door.acts && !byLetter(door));
  forms = await formsOfHouse(house, doors, (await walk(house, doors)).openings);
}, 900_000);

beforeEach(quiet);

afterAll(async () => {
  await house?.close();
  await blueprint?.remove();
});

/** The framework announces changes of its next version once for every plain answer. */
function quiet(): void {
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
}

/** Acts that no page has a form for, as its script sends them. An act of a form that the demonstration lacks would be one of these as well, and nobody who sees its page would be tried. */
const BY_SCRIPT = ["/plans/:planId/place", "/seminars/:seminarId/check/ticket", "/seminars/:seminarId/orders", "/seminars/:seminarId/ticket"];

test("every act has a form that somebody of the demonstration is shown, or a script that somebody may run", () => {
  expect(acts.length).toBeGreaterThan(50);
  expect(acts.filter((door) => !forms.has(door)).map((door) => door.pattern)).toEqual([]);
  expect(acts.filter((door) => forms.get(door)?.every((form) => form.scripted)).map((door) => door.pattern).sort()).toEqual(BY_SCRIPT);
});

test("an act that comes from a foreign page is refused, and nothing changes", { timeout: 300_000 }, async () => {
  const before = await rowsOf(house.db);
  const faults: string[] = [];
  for (const door of doors.filter((one) => one.acts)) {
    const place = byLetter(door) ? undefined : (await placesFor(house.db, door.params))[0];
    const form = forms.get(door)?.[0] ?? { action: addressOf(door.pattern, place?.values ?? {}), fields: [], files: [], who: house.everyKind[0] ?? "" };
    for (const origin of ["https://evil.example", "null"]) {
      const answer = await send(house, form.who, form, { origin });
      if (answer.status !== 403) faults.push(`${door.pattern}: ${answer.status} from ${origin}`);
    }
  }
  expect(faults).toEqual([]);
  expect(changed(before, await rowsOf(house.db))).toEqual([]);
});

/** Forms of one act that are tried, at different places. */
const TRIED = 3;

test("whoever is not shown a form is refused what it sends, nothing changes, and the same from whoever is shown it is taken", { timeout: 1_200_000 }, async () => {
  const faults: string[] = [];
  const knocked = new Set<string>();
  const file = new Blob([new Uint8Array(await aWordFile([line("分数的意义")]))]);
  for (const door of acts.filter((one) => forms.has(one))) {
    let tried = await tryAct(door, file, knocked);
    if (tried.instead !== undefined) {
      // What somebody did before may have used it up: once more where nothing was done.
      await house.close();
      house = await blueprint.house();
      tried = await tryAct(door, file, knocked);
    }
    faults.push(...tried.faults);
    if (tried.instead !== undefined) faults.push(`${door.pattern}: whoever is shown its form gets ${tried.instead}`);
  }
  expect(faults).toEqual([]);
  expect([...knocked].sort()).toEqual([...KINDS, "a visitor"].sort());
});

/** @returns what is wrong, and what whoever is shown a form got instead of success */
async function tryAct(door: Door, file: Blob, knocked: Set<string>): Promise<{ faults: string[]; instead: string | undefined }> {
  const faults: string[] = [];
  const known: Found[] = [];
  for (const form of forms.get(door) ?? []) if (await isShown(form.who, form)) known.push(form);
  if (known.length === 0) return { faults, instead: "a page that no longer shows it" };
  const tried = [...new Map(known.map((form) => [form.action, form])).values()].slice(0, TRIED);
  const places = await placesFor(house.db, door.params);
  await holdJobs(house.db);
  const before = await rowsOf(house.db);
  for (const form of tried) {
    const place = places.find((one) => addressOf(door.pattern, one.values) === new URL(form.action, house.url).pathname);
    const parts = await partsIn(house.db, place?.values ?? {});
    const visitor = openPages[door.pattern] === "anybody" ? [] : [{ who: null, kind: "a visitor" as const }];
    const knockers = openPages[door.pattern] && !place?.closed ? [] : knockersAt(house, place?.studioId ?? null, parts, [...(parts ?? [])]);
    for (const { who, kind } of [...visitor, ...knockers]) {
      if (who && !isNeverTheirs(kind, door) && (await isShown(who, form))) continue;
      knocked.add(kind);
      const answer = await send(house, who, form, { file });
      if (!isRefusal(answer)) faults.push(`${form.action} (${door.pattern}): ${kind} gets ${answer.status} ${answer.location ?? ""}`);
    }
  }
  const written = changed(before, await rowsOf(house.db));
  if (written.length > 0) faults.push(`${door.pattern}: somebody without a right to it changed ${written.join(", ")}`);
  let instead = "";
  for (const form of known.flatMap((one) => [one, ...one.others.map((fields) => ({ ...one, fields }))])) {
    const answer = await send(house, form.who, form, { file });
    if (answer.status < 400 && (openPages[door.pattern] === "anybody" || !isRefusal(answer))) return { faults, instead: undefined };
    instead = `${answer.status} at ${form.action} with ${JSON.stringify(form.fields)}`;
  }
  return { faults, instead };
}

/** What a page shows by the rule that its act asks proves nothing against that rule: these acts are not for these people whatever they are shown. */
function isNeverTheirs(kind: string, door: Door): boolean {
  if (kind === "a trainee of the studio") return door.params.includes("studioId") || door.params.includes("prepId");
  return door.params.includes("prepId") && (kind === "a member without a part" || kind === "a lead of another group");
}

/** Whether this person's own look at the page shows the form, or its script, as well. */
async function isShown(who: string | null, form: Found): Promise<boolean> {
  const answer = await house.ask(who, form.page);
  return answer.status === 200 && (form.scripted === true || formsOf(answer.body, form.page, doors).some((one) => one.action === form.action));
}

