import { HocuspocusProvider, HocuspocusProviderWebsocket } from "@hocuspocus/provider";
import { and, eq, getTableName, is, isNull, ne, Table } from "drizzle-orm";
import { expect, vi } from "vitest";
import WebSocket from "ws";
import * as Y from "yjs";
import { link, paragraph, text } from "#app/plans/word/nodes.ts";
import { CURRICULUM_COLUMNS } from "#db/curriculum.ts";
import * as schema from "#db/schema/index.ts";
import { demoId } from "#server/demo/ids.ts";
import { updateFor } from "#server/collab/lexical.ts";
import { send } from "#tests/doors/crawl.ts";
import { aWordFile, line } from "#tests/plans/word-files.ts";
import { formsOf } from "#tests/doors/forms.ts";
import type { House } from "#tests/doors/house.ts";
import type { Door } from "#tests/doors/manifest.ts";

/** Stands in all that is written here, as an element, an attribute or a word that somebody would see run. */
export const MARK = "x-evil";

/** What is written into a field: the first of these that fits. */
const WORDS = [
  `=1+1|"'><${MARK} on${MARK}=1></script><${MARK}>{{x}}$t(common:brand)\uffff\u202e\u2028\r\nX-EVIL:1\r\nBEGIN:VEVENT`,
  `="'><${MARK} on${MARK}></script>`,
  `="'><${MARK}>`,
];

/** Addresses that would run something where they are followed. */
const RUNNING = [`javascript:${MARK}()`, ` java\nscript:${MARK}()`, `data:text/html,<${MARK}>`, `vbscript:${MARK}`, `https://elsewhere.example/\uffff"><${MARK}>`];

/** By what somebody is found, or signs in: of a form of its own. */
const NO_WORDS = /^(login|email|phone|employee_no|code|password)$/;

/**
 * Fills every field that takes words of one's own, in every form that a page shows to this person.
 *
 * @returns the acts that took them
 */
export async function fillForms(house: House, doors: readonly Door[], who: string | null, page: string): Promise<string[]> {
  const taken: string[] = [];
  for (const form of formsOf((await house.ask(who, page)).body, page, doors)) {
    const free = form.free.filter((name) => !NO_WORDS.test(name));
    if (free.length === 0) continue;
    for (const [words, chosen] of WORDS.flatMap((one) => [form.fields, ...form.others].map((fields) => [one, fields] as const))) {
      // Some names may stand only once in their place.
      const fields = chosen.map(([name, value]): [string, string] => [name, free.includes(name) ? words + (words.length < 20 ? "！".repeat(taken.length) : "") : value]);
      const { status } = await send(house, who, { ...form, fields });
      if (status >= 500) throw new Error(`${form.action}: ${status}`);
      if (status >= 400) continue;
      taken.push(form.door.pattern);
      break;
    }
  }
  return taken;
}

/**
 * Fills what no form of a page takes by itself: the text of a plan and of minutes over their line, as a program would write it; a file's name;
 * an invitation, which needs a seat that is free; tables of schools and lessons.
 */
export async function fillTheRest(house: House): Promise<void> {
  const { db, url } = house;
  const [lin, master, admin, operator] = [person("lin-yutong"), person("zhou-wenlan"), person("shen-lianqing"), person("gao-yuan")];
  const plan = await commonPlan(house);
  const [words = "", , short = ""] = WORDS;
  const written = [paragraph([text(words)]), ...RUNNING.map((address) => paragraph([link(address, [text(words)])]))];
  await writeOver(house, lin, `plan:${plan.id}`, "objectives", written);
  const held = await seminarWithMinutes(house);
  await writeOver(house, held.hostId, `minutes:${held.id}`, "decided", written);

  const form = new FormData();
  for (const [name, value] of Object.entries({ ownerType: "plan", ownerId: plan.id, kind: "worksheet" })) form.append(name, value);
  form.append("file", new Blob([new Uint8Array(await aWordFile([line(words)]))]), `${short}.docx`);
  const post = async (who: string, address: string, body: BodyInit, wanted: number) => expect((await house.ask(who, address, { method: "POST", headers: { origin: url, accept: "application/json" }, body })).status, address).toBe(wanted);
  await post(lin, "/uploads/simple", form, 201);
  const [region] = await db.select({ id: schema.regions.id }).from(schema.regions).where(eq(schema.regions.code, "330100"));
  const cell = `"${short.replaceAll('"', '""')}表"`;
  await post(admin, `/regions/${region?.id}/schools/import`, new URLSearchParams({ text: `校名,区县,类别,城乡,偏远,小规模\n${cell},淳安县,小学,乡村,是,是` }), 302);
  await post(master, `/studios/${demoId("studio", "wenlan")}/invitations/new`, new URLSearchParams({ personId: person("le-shanhu"), role: "trainee", message: words }), 302);
  await post(operator, "/operations/curriculum", new URLSearchParams({ text: `${CURRICULUM_COLUMNS.join(",")}\nprimary,mathematics,${cell},2024,4,upper,1,${cell},1,${cell},2,true` }), 302);
}

async function commonPlan({ db }: House) {
  const { lessonPlans } = schema;
  const [plan] = await db.select().from(lessonPlans).where(and(eq(lessonPlans.kind, "common"), eq(lessonPlans.lessonId, demoId("lesson", "fraction-meaning"))));
  if (!plan) throw new Error("The demonstration has no such plan.");
  return plan;
}

async function seminarWithMinutes({ db }: House) {
  const { minutes, seminars } = schema;
  const [held] = await db.select({ id: seminars.id, hostId: seminars.hostId }).from(minutes).innerJoin(seminars, eq(seminars.id, minutes.seminarId)).orderBy(seminars.id).limit(1);
  if (!held) throw new Error("The demonstration has no minutes.");
  return held;
}

async function writeOver(house: House, who: string, name: string, section: string, nodes: readonly unknown[]): Promise<void> {
  const headers = { origin: house.url, cookie: house.cookieOf(who) };
  class Line extends WebSocket {
    constructor(address: string | URL) {
      super(address, { headers });
    }
  }
  const doc = new Y.Doc({ gc: false });
  const socket = new HocuspocusProviderWebsocket({ url: `${house.url.replace("http", "ws")}/collab`, WebSocketPolyfill: Line });
  const provider = new HocuspocusProvider({ websocketProvider: socket, name, document: doc });
  provider.attach();
  const saved = () => vi.waitFor(() => expect(provider.synced && provider.unsyncedChanges === 0).toBe(true), { timeout: 20_000 });
  await saved();
  Y.applyUpdate(doc, updateFor(Y.encodeStateAsUpdate(doc), [{ key: section, nodes }])?.bytes ?? new Uint8Array());
  await saved();
  provider.destroy();
  socket.destroy();
}

/** Where the words stand now, as `table.column`. */
export async function columnsWith(house: House, word: string): Promise<string[]> {
  const columns = new Set<string>();
  for (const table of Object.values(schema) as unknown[]) {
    if (!is(table, Table)) continue;
    const rows = (await house.db.select().from(table as never)) as Record<string, unknown>[];
    for (const row of rows) for (const [column, value] of Object.entries(row)) if ((JSON.stringify(value) ?? "").includes(word)) columns.add(`${getTableName(table)}.${column}`);
  }
  return [...columns].sort();
}

const person = (key: string) => demoId("person", key);

/** The pages with forms to fill, each with somebody to whom it is shown; what ends something last. */
export async function pagesToFill(house: House): Promise<[who: string | null, page: string][]> {
  const { lessonPlans, lessonPreps, lessons, regions, resources, seats, seminars, studioGroups, studios } = schema;
  const { db } = house;
  const one = <Row>(what: string, rows: Row[]): Row => {
    if (rows[0] === undefined) throw new Error(`The demonstration has no ${what}.`);
    return rows[0];
  };
  const studio = demoId("studio", "wenlan");
  const [master, lin] = [person("zhou-wenlan"), person("lin-yutong")];
  const plan = await commonPlan(house);
  const held = await seminarWithMinutes(house);
  const draft = one("studio to be approved", await db.select().from(studios).where(eq(studios.status, "draft")));
  const seat = one("seat", await db.select().from(seats).where(and(eq(seats.studioId, studio), isNull(seats.to), eq(seats.role, "young_teacher"), ne(seats.personId, lin))));
  const group = one("group", await db.select().from(studioGroups).where(eq(studioGroups.studioId, studio)));
  const region = one("region", await db.select().from(regions).where(eq(regions.code, "330100")));
  const published = await db.select().from(resources).where(eq(resources.state, "published"));
  const waiting = await db.select().from(resources).where(eq(resources.state, "in_review"));
  const going = one("seminar that goes on", await db.select().from(seminars).where(eq(seminars.state, "live")));
  const announced = await db.select().from(seminars).where(and(eq(seminars.state, "scheduled"), eq(seminars.studioId, studio)));
  const preps = await db.select({ id: lessonPreps.id, studioId: lessonPreps.studioId, state: lessonPreps.state }).from(lessonPreps);
  const plans = await db.select({ id: lessonPlans.id, ownerId: lessonPlans.ownerId }).from(lessonPlans);
  const taught = (await db.select({ id: lessons.id, ownerId: lessons.ownerId }).from(lessons)).slice(0, 8);
  const ofStudio = preps.filter((prep) => prep.studioId === studio && !["archived", "cancelled", "finalised"].includes(prep.state));
  const [admin, operator, moderator] = [person("shen-lianqing"), person("gao-yuan"), person("tang-wanying")];
  return [
    [lin, "/me/profile"],
    [master, "/me/profile"],
    [null, "/register"],
    [lin, "/lessons/new?free"],
    ...taught.flatMap(({ id, ownerId }): [string, string][] => ["runs", "reflections"].map((act) => [ownerId, `/lessons/${id}/${act}/new`])),
    [lin, `/plans/${plan.id}`],
    [lin, `/plans/${plan.id}/head`],
    [lin, `/plans/${plan.id}/versions`],
    ...plans.map(({ id, ownerId }): [string, string] => [ownerId, `/plans/${id}/publish`]),
    [master, `/studios/${studio}/edit`],
    [master, `/studios/${studio}/announcements/new`],
    [master, `/studios/${studio}/groups/new`],
    [master, `/studios/${studio}/groups/${group.id}/edit`],
    [master, `/studios/${studio}/preps/new?free`],
    [master, `/studios/${studio}/seminars/new`],
    [house.stranger, `/studios/${studio}/apply`],
    [master, `/studios/${studio}/applications`],
    [admin, `/studios/${draft.id}/return`],
    [admin, `/regions/${region.id}/schools/new`],
    [admin, `/regions/${region.id}/schools/${demoId("school", "tinglu")}`],
    [going.hostId, `/seminars/${going.id}/room`],
    [held.hostId, `/seminars/${held.id}/minutes`],
    ...announced.slice(0, 3).flatMap((seminar): [string, string][] => ["edit", "postpone", "cancel"].map((act) => [seminar.hostId, `/seminars/${seminar.id}/${act}`])),
    ...published.slice(0, 2).flatMap((resource): [string, string][] => [[lin, `/resources/${resource.id}/report`], [moderator, `/resources/${resource.id}/take-down`]]),
    ...waiting.slice(0, 2).map((resource): [string, string] => [master, `/resources/${resource.id}/return`]),
    ...ofStudio.slice(0, 3).flatMap(({ id }): [string, string][] => ["participants", "deadlines", "lead", "move", "cancel"].map((act) => [master, `/preps/${id}/${act}`])),
    [master, `/studios/${studio}/members/${seat.id}/role`],
    [master, `/studios/${studio}/members/${seat.id}/end`],
    [operator, `/operations/people/${seat.personId}/freeze`],
  ];
}
