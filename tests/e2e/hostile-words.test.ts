import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { Browser, Page } from "playwright-core";
import { openArchive } from "#app/files/archive.server.ts";
import { descendants, parseXml, textOf } from "#app/plans/word/xml.ts";
import { parseCsv } from "#db/csv.ts";
import { demoId } from "#server/demo/ids.ts";
import { type Blueprint, drawHouse, type House } from "#tests/doors/house.ts";
import { columnsWith, fillForms, fillTheRest, MARK, pagesToFill } from "#tests/doors/hostile-words.ts";
import { type Door, doorAt, doorsOf, theBuild } from "#tests/doors/manifest.ts";
import { linksOf } from "#tests/doors/walk.ts";
import { aPersonAtTheScreen, startBrowser } from "#tests/e2e/browser.ts";

let blueprint: Blueprint;
let house: House;
let doors: Door[];
let pages: [string | null, string][];
let browser: Browser;
let page: Page;

beforeAll(async () => {
  quiet();
  browser = await startBrowser();
  page = await browser.newPage();
  blueprint = await drawHouse();
  house = await blueprint.house();
  doors = doorsOf(await theBuild());
  pages = await pagesToFill(house);
  await fillTheRest(house);
  for (const [who, address] of pages) await fillForms(house, doors, who, address);
}, 300_000);

beforeEach(quiet);

/** The framework announces changes of its next version once for every plain answer. */
function quiet(): void {
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
}

afterAll(async () => {
  await house?.close();
  await blueprint?.remove();
  await browser?.close();
});

/** Columns in which words of one's own stand. */
const COLUMNS = [
  "announcements.body", "applications.message", "applications.reason", "attachments.name", "chat_messages.body", "comments.body",
  "doc_sections.text", "doc_versions.content", "doc_versions.name", "editions.name", "freezes.reason", "identities.name", "invitations.message",
  "lesson_nodes.title", "lesson_plans.header", "lesson_plans.title", "lesson_preps.title", "lesson_runs.changed", "lesson_runs.classLabel",
  "lessons.title", "moderation_cases.detail", "moderation_cases.reason", "notifications.params", "persons.intro", "persons.titleRank",
  "prep_changes.reason", "prep_moves.reason", "reflections.answers", "resource_decisions.reason", "resource_versions.process",
  "resources.abstract", "resources.stateReason", "resources.title", "schools.name",
  "seats.endReason", "seminars.agenda", "seminars.intro", "seminars.stateReason", "seminars.title", "studio_groups.name", "studios.intro", "studios.name",
  "studios.returnReason", "units.title",
];

/** Pages of one door that each person looks at. */
const EACH = 4;

interface Seen {
  address: string;
  who: string;
  status: number;
  body: string;
  bytes: Uint8Array;
  headers: Record<string, string>;
}

/** What these people get to see, from where they begin and by the links they find, pages and files. */
async function seenBy(people: readonly string[]): Promise<Seen[]> {
  const seen: Seen[] = [];
  for (const who of people) {
    const waiting = ["/", "/lessons", "/seminars", "/studios", "/resources", "/inbox", "/me", ...pages.map(([, address]) => address)];
    const met = new Set(waiting);
    const looked = new Map<string, number>();
    for (let address = waiting.shift(); address; address = waiting.shift()) {
      const door = doorAt(doors, new URL(address, house.url).pathname);
      const times = door && (looked.get(door.pattern) ?? 0);
      if (!door?.opens || times === undefined || times >= EACH) continue;
      looked.set(door.pattern, times + 1);
      const answer = await fetch(house.url + address, { redirect: "manual", headers: { cookie: house.cookieOf(who) } });
      const bytes = new Uint8Array(await answer.arrayBuffer());
      const body = new TextDecoder().decode(bytes);
      seen.push({ address, who, status: answer.status, body, bytes, headers: Object.fromEntries(answer.headers) });
      for (const link of linksOf({ body }).map((one) => one.split("#")[0] ?? "")) {
        if (!met.has(link)) waiting.push(link);
        met.add(link);
      }
    }
  }
  return seen;
}

/** What of a page a browser would make an element of, or run, that we did not write. */
function runs(seen: Seen): Promise<string[]> {
  const nonce = /'nonce-([\w-]+)'/.exec(seen.headers["content-security-policy"] ?? "")?.[1];
  return page.evaluate(
    ([html, mark, number]) => {
      const wrong: string[] = [];
      for (const element of new DOMParser().parseFromString(html, "text/html").querySelectorAll("*")) {
        if (element.localName.includes(mark)) wrong.push(`element ${element.localName}`);
        if (element.localName === "script" && element.getAttribute("type") !== "application/json" && element.getAttribute("nonce") !== number) wrong.push("a script without our number");
        for (const { name, value } of element.attributes) {
          if (/^on/.test(name) || name.includes(mark) || name === "srcdoc") wrong.push(`attribute ${name}`);
          if (/^(href|src|action|formaction|data)$/.test(name) && !/^(\/(?!\/)|#|\?|https?:|mailto:|blob:|data:image\/)/.test(value) && value !== "") wrong.push(`${name} to ${value}`);
        }
      }
      return wrong;
    },
    [seen.body, MARK, nonce ?? "none"] as const,
  );
}

/** What is wrong with an answer that leaves as a file. */
async function leaves(seen: Seen): Promise<string[]> {
  const wrong: string[] = [];
  const type = seen.headers["content-type"] ?? "";
  const saved = seen.headers["content-disposition"];
  if (!/^(inline|attachment); filename="[^"\\%]*"(; filename\*=UTF-8''[\w.~!#$&+^`|%-]*)?$/.test(saved ?? "")) wrong.push(`it is saved as ${saved}`);
  if (seen.headers["x-content-type-options"] !== "nosniff") wrong.push("its kind is guessed at");
  if (type.startsWith("text/csv")) for (const cell of parseCsv(seen.body).rows.flat()) if (/^[=+\-@\t\r\n＝＋－＠]/.test(cell)) wrong.push(`a cell ${cell}`);
  if (type.startsWith("text/calendar")) {
    const lines = seen.body.split("\r\n");
    for (const line of lines.slice(0, -1)) if (!/^(?:(?:BEGIN|END|VERSION|PRODID|CALSCALE|METHOD|UID|SEQUENCE|DTSTAMP|DTSTART|DTEND|SUMMARY|DESCRIPTION|URL|STATUS)[:;]| )/.test(line) || /[\r\n]/.test(line)) wrong.push(`a line ${line}`);
    if (lines.filter((line) => line.startsWith("BEGIN:")).length !== 2) wrong.push("another entry");
  }
  if (type.startsWith("application/json")) JSON.parse(seen.body);
  if (type.includes("wordprocessingml")) {
    const archive = await openArchive(seen.bytes);
    for (const name of archive.names.filter((one) => /\.(xml|rels)$/.test(one))) {
      const xml = parseXml((await archive.read(name)) ?? new Uint8Array());
      for (const relation of descendants(xml, "Relationship")) if (relation.attributes.TargetMode === "External" && !/^(https?|mailto):/.test(relation.attributes.Target ?? "")) wrong.push(`a link to ${relation.attributes.Target}`);
      if (descendants(xml, "w:instrText").some((one) => textOf(one).includes(MARK))) wrong.push("a field that runs");
    }
    archive.close();
  }
  return wrong;
}

test("what people write into any field comes out as words, in every page and every file that leaves", { timeout: 300_000 }, async () => {
  const people = ["zhou-wenlan", "lin-yutong", "gao-yuan", "shen-lianqing", "tang-wanying", "he-lixia", "le-shanhu"].map((key) => demoId("person", key));
  const seen = await seenBy(people);
  const wrong: string[] = [];
  const carry = new Set<string>();
  for (const one of seen) {
    const page = one.headers["content-type"]?.startsWith("text/html");
    const faults = one.status >= 500 ? [String(one.status)] : page ? await runs(one) : one.status === 200 && one.headers["content-disposition"] ? await leaves(one) : [];
    for (const fault of faults) wrong.push(`${one.address}: ${fault}`);
    if (one.body.includes(MARK)) carry.add(doorAt(doors, new URL(one.address, house.url).pathname)?.pattern ?? "");
  }
  expect(wrong).toEqual([]);
  // It was there to be seen.
  expect(carry.size).toBeGreaterThan(55);
  expect([...carry]).toContain("/invitations/:invitationId");
  expect(Math.max(...seen.filter(({ address }) => address.endsWith("/minutes")).map(({ body }) => body.split(MARK).length))).toBeGreaterThan(12);
  expect(seen.filter(({ headers }) => headers["content-disposition"]).map(({ headers }) => headers["content-type"]?.split(";")[0]).filter((type, no, all) => all.indexOf(type) === no).sort()).toEqual(["application/json", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "text/calendar", "text/csv"]);
});

test("the columns in which words of one's own stand were reached", async () => {
  expect(await columnsWith(house, MARK)).toEqual(expect.arrayContaining(COLUMNS));
});

test("no page that is alive runs it either: a plan that is written in, and the notices", { timeout: 120_000 }, async () => {
  const { page: alive, context } = await aPersonAtTheScreen(browser, house.url);
  await context.addCookies(house.cookieOf(demoId("person", "lin-yutong")).split("; ").map((cookie) => ({ url: house.url, name: cookie.split("=")[0] ?? "", value: cookie.slice(cookie.indexOf("=") + 1) })));
  for (const [, address] of [...pages.filter(([, one]) => /^\/plans\/\w+$/.test(one)), [null, "/inbox"] as const]) {
    await alive.goto(address);
    await alive.waitForLoadState("networkidle");
    await expect.poll(() => alive.content(), { timeout: 20_000 }).toContain(MARK);
    expect(await alive.evaluate((mark) => [...document.querySelectorAll("*")].flatMap((element) => [...(element.localName.includes(mark) ? [element.localName] : []), ...[...element.attributes].filter(({ name, value }) => name.includes(mark) || /^\s*(java\s*script|vbscript|data:text)/i.test(value)).map(({ name, value }) => `${name}=${value}`)]), MARK), address).toEqual([]);
  }
  await context.close();
});
