import { eq } from "drizzle-orm";
import { expect, onTestFinished, test } from "vitest";
import { loader } from "#app/routes/resources._index/route.tsx";
import { resourceFor } from "#app/resources/access.server.ts";
import { takeDownResource, withdrawResource } from "#app/resources/withdraw.server.ts";
import { engine } from "#db/dialect.ts";
import { listRegions } from "#db/regions.ts";
import { resources, seats } from "#db/schema/index.ts";
import type { Licence } from "#db/schema/resources.ts";
import { type StatementRun, statementRuns } from "#db/statements.ts";
import type { Viewer } from "#db/viewer.ts";
import { aGrant, asViewer, EVENING } from "#tests/factories.ts";
import { aSeminar } from "#tests/seminars/setting.ts";
import { writeInto } from "#tests/plain-documents.ts";
import { draftOf } from "#tests/preps/setting.ts";
import { aShelf, foundBy, indexed, offer, publish, type Shelf, taughtAndReflected, visiting } from "./setting.ts";

const NOTHING = { total: 0, hits: [], facets: { kind: {}, grade: {}, edition: {}, unit: {}, region: {}, subject: {}, stage: {} } };
const words = "?q=%E5%88%86%E6%95%B0&kind=lesson_plan&kind=teaching_case";

/** Who finds the publication, by the jobs that wait and again by an index built anew; those who do not are told of nothing. */
async function finders(shelf: Shelf, resourceId: string) {
  const { lead, member, observer, master, head, outsider, stranger } = shelf;
  const people: [string, Viewer | null][] = Object.entries({ visitor: null, stranger, outsider, member, trainee: observer, author: lead, head, master });
  const found: string[][] = [];
  for (const how of ["jobs", "rebuild"] as const) {
    await indexed(shelf, how);
    const names: string[] = [];
    for (const [name, who] of people) {
      const answer = await foundBy(shelf, who, words);
      if (answer.hits.some((hit) => hit.id === resourceId)) names.push(name);
      else expect(answer, `${name}, ${how}`).toMatchObject(NOTHING);
    }
    found.push(names);
  }
  expect(found[0]).toEqual(found[1]);
  return found[0] ?? [];
}

const EVERYBODY = ["visitor", "stranger", "outsider", "member", "trainee", "author", "head", "master"];
const INSIDE = ["member", "trainee", "author", "head", "master"];

test.each<[Licence, string[]]>([
  ["cc_by", EVERYBODY],
  ["cc_by_nc_sa", EVERYBODY],
  ["province_edu", EVERYBODY],
  ["all_rights", EVERYBODY],
  ["studio_only", INSIDE],
])("what is published under %s is found, and counted, by those who may read it", async (licence, expected) => {
  const shelf = await aShelf();
  expect(await finders(shelf, await publish(shelf, { licence }))).toEqual(expected);
});

test("what waits, was sent back, withdrawn or taken down is found by nobody", async () => {
  const shelf = await aShelf();
  const { db, lead, head } = shelf;
  expect(await finders(shelf, await offer(shelf))).toEqual([]);
  await db.update(resources).set({ state: "returned" });
  expect(await finders(shelf, await publish(shelf))).toEqual(EVERYBODY);
  const [published] = await db.select({ id: resources.id }).from(resources).where(eq(resources.state, "published"));
  await withdrawResource(db, lead, await resourceFor(db, lead, "withdraw", published?.id), "");
  expect(await finders(shelf, published?.id ?? "")).toEqual([]);
  const again = await publish(shelf);
  expect(await finders(shelf, again)).toEqual(EVERYBODY);
  const moderator = await aGrant(db, head, "moderator", "system");
  await takeDownResource(db, moderator, await resourceFor(db, moderator, "moderate", again), "露出了姓名");
  expect(await finders(shelf, again)).toEqual([]);
});

test("what was taken back a moment ago, and is in the index still, is neither shown nor in the total", async () => {
  const shelf = await aShelf();
  await publish(shelf);
  await indexed(shelf);
  expect(await foundBy(shelf, null, words)).toMatchObject({ total: 1 });
  await shelf.db.update(resources).set({ state: "withdrawn" });
  expect(await foundBy(shelf, null, words)).toMatchObject({ total: 0, hits: [] });
});

test("who leaves the studio finds nothing of its inside at the next request", async () => {
  const shelf = await aShelf();
  const { db, member } = shelf;
  await publish(shelf, { licence: "studio_only" });
  await indexed(shelf);
  expect((await foundBy(shelf, await asViewer(db, member), words)).total).toBe(1);
  await db.update(seats).set({ to: EVENING, endReason: "left" }).where(eq(seats.personId, member.id));
  expect(await foundBy(shelf, await asViewer(db, member), words)).toMatchObject(NOTHING);
});

test("drafts, blind notes and reflections that were not given are in no index, however it is built", async () => {
  const shelf = await aShelf();
  const { db, documents, co, other, lead, master } = shelf;
  await writeInto(documents, (await draftOf(shelf, other)).plan.docId, { objectives: "独角兽草稿。" });
  await taughtAndReflected(shelf, "private");
  const published = await publish(shelf, { kind: "teaching_case", givesReflection: false });
  for (const how of ["jobs", "rebuild"] as const) {
    await indexed(shelf, how);
    expect((await foundBy(shelf, lead, "?q=谁的")).hits.map((hit) => hit.id)).toEqual([published]);
    for (const who of [null, co, other, lead, master]) for (const word of ["独角兽", "停住了笔", "djs"]) expect(await foundBy(shelf, who, `?q=${encodeURIComponent(word)}`)).toMatchObject({ total: 0, hits: [] });
  }
  expect(JSON.stringify(await shelf.engine.search({ text: "", accessIds: Array.from({ length: 50 }, (_, id) => id) }))).not.toContain(lead.name);
  expect(await db.$count(resources)).toBe(1);
});

test("a seminar is found by whom it is for, one of a prep by nobody through the search", async () => {
  const shelf = await aShelf();
  const { db, studio, lead, member, outsider } = shelf;
  const title = "量感从哪里来";
  const inside = await aSeminar(db, studio, lead, { title, visibility: "studio", state: "scheduled" });
  const open = await aSeminar(db, studio, lead, { title, visibility: "public", state: "scheduled" });
  await aSeminar(db, studio, lead, { title, visibility: "prep", prepId: shelf.prepId, state: "scheduled" });
  await indexed(shelf, "rebuild");
  const q = `?q=${encodeURIComponent("量感")}`;
  const ids = async (who: Viewer | null) => (await foundBy(shelf, who, q)).hits.map((hit) => hit.id).sort();
  expect(await ids(member)).toEqual([inside.id, open.id].sort());
  expect(await foundBy(shelf, member, q)).toMatchObject({ total: 2, facets: { kind: { seminar: 2 } } });
  expect(await ids(outsider)).toEqual([open.id]);
  expect(await foundBy(shelf, outsider, q)).toMatchObject({ total: 1, facets: { kind: { seminar: 1 } } });
  expect(await foundBy(shelf, null, q)).toMatchObject({ total: 0, facets: { kind: {} } });
});

test("facets name grade, textbook, unit, region, subject and stage with what there is of each", async () => {
  const shelf = await aShelf();
  await publish(shelf);
  await indexed(shelf);
  const { facets, rest, regions, hits } = await foundBy(shelf, null, "?q=三次追问");
  expect(facets).toMatchObject({ kind: { lesson_plan: 1 }, grade: { 5: 1 }, edition: { "人教版 2013": 1 }, unit: { 分数的意义和性质: 1 }, subject: { mathematics: 1 }, stage: { primary: 1 } });
  expect(regions.map((region) => region.name)).toEqual(["浙江省", expect.any(String)]);
  expect(facets.region).toEqual(Object.fromEntries(regions.map((region) => [region.code, 1])));
  expect(rest).toEqual({ region: 1 });
  const city = regions[1];
  expect((await foundBy(shelf, null, `?q=三次追问&region=${city?.code}`)).regions).toHaveLength(3);
  expect(hits).toMatchObject([{ takeable: true, licence: "cc_by", people: "林雨桐", authors: 3, place: { grade: 5 }, process: { seminars: 1, versions: 3, reflections: 0 } }]);
  expect((await foundBy(shelf, null, "?q=三次追问&grade=3")).total).toBe(0);
});

test.each([
  ["五年级下册", null],
  ["人教版 五下", null],
  ["分數的意義", null],
  ["杭州 分数", null],
  ["周文澜工作室 教案", null],
  ["分数 教学目标", "objectives"],
])("%s finds the plan, and the hit opens where it was found", async (text, section) => {
  const shelf = await aShelf();
  const id = await publish(shelf, { title: "一盒鸡蛋" });
  await indexed(shelf, "rebuild");
  const { hits, degraded } = await foundBy(shelf, null, `?q=${encodeURIComponent(text)}&kind=lesson_plan`);
  expect(degraded).toBeNull();
  expect(hits).toMatchObject([{ id }]);
  if (section) expect(hits[0]?.href).toBe(`/resources/${id}#${section}`);
});

test("when the search is down the page says so, and whoever comes gets a page", async () => {
  const shelf = await aShelf();
  await publish(shelf);
  await indexed(shelf);
  await shelf.engine.close();
  const context = visiting(shelf.db, null, { search: shelf.engine });
  const answer = await loader({ request: new Request("http://localhost/resources?q=分数"), params: {}, context });
  expect(answer).toMatchObject({ degraded: "unavailable", total: 0, hits: [] });
});

test.runIf(engine === "sqlite")("as many statements for many hits as for one of each kind", async () => {
  const shelf = await aShelf();
  const { db, studio, lead, member } = shelf;
  const title = "量感从哪里来";
  const statements: string[] = [];
  const note = (run: unknown) => void statements.push((run as StatementRun).sql);
  statementRuns.subscribe(note);
  onTestFinished(() => void statementRuns.unsubscribe(note));
  const counted = async () => {
    await indexed(shelf, "rebuild");
    statements.length = 0;
    const { hits } = await foundBy(shelf, member, "?q=");
    return { hits: hits.length, statements: statements.length };
  };
  await publish(shelf, { title });
  await aSeminar(db, studio, lead, { title, state: "scheduled" });
  // The regions are kept from the first time on.
  await listRegions(db);
  const few = await counted();
  await taughtAndReflected(shelf);
  await publish(shelf, { title, kind: "teaching_case" });
  for (let n = 0; n < 5; n += 1) await aSeminar(db, studio, lead, { title, state: "scheduled" });
  const many = await counted();
  expect(many).toEqual({ hits: few.hits + 6, statements: few.statements });
});
