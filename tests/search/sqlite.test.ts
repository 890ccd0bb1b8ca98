import { openSqliteSearch } from "#search/sqlite.ts";
import type { SearchDocument, SearchEngine } from "#search/engine.ts";
import Database from "better-sqlite3";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { reindex } from "#search/reindex.ts";
import { aDocument } from "./documents.ts";
import { keepsTheSearchContract } from "./engine.contract.ts";

const folders: string[] = [];
const engines: SearchEngine[] = [];

afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

keepsTheSearchContract("the embedded engine", async () => openSqliteSearch({ folder: aFolder() }));
keepsTheSearchContract("the embedded engine, made anew after each change,", async () => madeAnew(openSqliteSearch({ folder: aFolder() })));

test("what comes after an index was made is found beside it, and what was replaced or removed is not", async () => {
  const engine = openIn(aFolder());
  await reindex(engine, ["一", "二", "三"].map((number, at) => aDocument({ id: `plan:${at}`, title: `分数第${number}课`, body: "折纸" })));
  expect((await found(engine, "折纸", [0])).sort()).toEqual(["plan:0", "plan:1", "plan:2"]);
  await engine.put([aDocument({ id: "plan:3", title: "分数第四课", body: "折纸" }), aDocument({ id: "plan:0", title: "小数", body: "数轴" })]);
  await engine.remove(["plan:1"]);
  expect((await found(engine, "折纸", [0])).sort()).toEqual(["plan:2", "plan:3"]);
  expect((await found(engine, "分数 折纸", [0])).sort()).toEqual(["plan:2", "plan:3"]);
  expect(await engine.suggest({ text: "fs", accessIds: [0] })).toHaveLength(2);
  await engine.clear();
  expect(await found(engine, "折纸", [0])).toEqual([]);
  await engine.put([aDocument({ id: "plan:4", title: "分数", body: "折纸" })]);
  expect(await found(engine, "分数 折纸", [0])).toEqual(["plan:4"]);
});

test("all ways of reading what a token stands in give the same, before and after an index was made, and with what came since", async () => {
  const documents = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, at) => from + at).map((at) => aDocument({ id: `plan:${at}`, title: `${at === 0 ? "圆规" : at % 2 ? "分数" : "小数"}第${at % 7}课`, body: `${at % 3 ? "折纸" : "数轴"}，${at % 4 === 0 ? "长方形" : at % 2 ? "长方体" : "正方形"}${at % 101 === 0 ? "，圆规" : ""}`, tags: at % 5 ? ["浙教版"] : [] }));
  const [plain, made] = [openIn(aFolder()), openIn(aFolder())];
  await plain.put(documents(0, 420));
  await reindex(made, documents(0, 400));
  await made.put(documents(400, 420));
  // 圆规 stands in so few of them that each is looked at; the others in so many that lists are.
  const questions = ["分数", "折纸 分数", "圆规", "圆规 分数", "数轴 圆规", "圆规 浙教版 折纸", "教案 折纸", "圆规 教案", "xs", "xs 圆规", "fenshu", "分数 小数", "7", "课", "圆规 不在", "圆规 长方形"];
  const answers = (engine: SearchEngine) => Promise.all(questions.map(async (text) => ({ ...(await engine.search({ text, accessIds: [0], limit: 50 })), degraded: "" })));
  const before = await answers(plain);
  expect(before.map(({ total }) => total)).toMatchObject({ 2: 5, 3: 2, 4: 2, 9: 2, 15: 2 });
  expect(before[2]?.hits[0]?.id).toBe("plan:0");
  expect(await answers(made)).toEqual(before);
});

test("what was put is there after closing and opening again", async () => {
  const folder = aFolder();
  const before = openIn(folder);
  await reindex(before, [aDocument({ id: "plan:1", title: "分数的意义", accessIds: [7] })]);
  await before.close();
  const after = openIn(folder);
  expect(await found(after, "分数", [7])).toEqual(["plan:1"]);
  expect(await found(after, "分数", [0])).toEqual([]);
  expect(await after.state()).toMatchObject({ documents: 1, rebuild: null });
});

test("columns that were saved are those that are read from the documents, with what came and went since", async () => {
  const folder = aFolder();
  const engine = openIn(folder);
  const documents = Array.from({ length: 90 }, (_, at) =>
    aDocument({ id: `plan:${at}`, kind: at % 3 ? "lesson_plan" : "teaching_case", accessIds: at % 4 ? [0] : [at, 7], title: "分数的意义", facets: { grade: ["3", String(at % 6)], edition: at % 2 ? "人教版" : undefined, region: ["330000", `33${at % 9}`] }, quality: at % 11 }),
  );
  await reindex(engine, documents);
  await engine.put([aDocument({ id: "plan:3", title: "分数的大小", facets: { grade: "9", region: [] } }), aDocument({ id: "plan:90", title: "分数", accessIds: [91] })]);
  await engine.remove(["plan:5", "plan:89"]);
  await engine.close();
  const file = new Database(fileIn(folder));
  expect(file.prepare("select row from saved_up_to").pluck().get()).toBe(90);
  file.close();
  const answers = async () => {
    const opened = openIn(folder);
    const asked = { text: "分数", limit: 50, facets: ["kind", "grade", "edition", "region"] as const };
    const all = [await opened.search({ ...asked, accessIds: [0, 7, 91] }), await opened.search({ ...asked, accessIds: [4], filters: { grade: ["3"] } }), await opened.search({ text: "", accessIds: [0], kinds: ["teaching_case"], filters: { region: ["333"] } })];
    return { all, state: await opened.state() };
  };
  const restored = await answers();
  expect(restored.all.map(({ total }) => total)).toEqual([89, 1, 6]);
  const without = new Database(fileIn(folder));
  without.exec("delete from saved_column; delete from saved_up_to");
  without.close();
  expect(await answers()).toEqual(restored);
});

test("columns are saved again when much has changed, so that an index is as soon open after a year as on the first day", async () => {
  const folder = aFolder();
  const engine = openIn(folder);
  await reindex(engine, [aDocument({ id: "plan:1", title: "分数的意义" })]);
  const saved = () => {
    const file = new Database(fileIn(folder), { readonly: true });
    const row: unknown = file.prepare("select row, removal from saved_up_to").get();
    file.close();
    return row;
  };
  await engine.remove(Array.from({ length: 2_001 }, (_, at) => `gone:${at}`));
  expect(saved()).toEqual({ row: 1, removal: 0 });
  await engine.put([aDocument({ id: "plan:2", title: "分数的性质" })]);
  expect(saved()).toEqual({ row: 1, removal: 2_001 });
  await engine.clear();
  expect(saved()).toBeUndefined();
});

test("the tokens of an index that was made lie in one part, however many it was written in", async () => {
  const folder = aFolder();
  const engine = openIn(folder);
  await reindex(engine, Array.from({ length: 1_200 }, (_, at) => aDocument({ id: `plan:${at}`, title: `第${at}课` })));
  const file = new Database(fileIn(folder), { readonly: true });
  expect(file.prepare("select count(distinct segid) from token_idx").pluck().get()).toBe(1);
  file.close();
  expect(await found(engine, "第1199课", [0])).toEqual(["plan:1199"]);
});

test("an index that was never built says that it has to be", async () => {
  const engine = openIn(aFolder());
  expect(await engine.state()).toEqual({ engine: "sqlite", ready: true, documents: 0, stale: 0, rebuild: "missing" });
  expect(await engine.search({ text: "分数", accessIds: [0] })).toMatchObject({ total: 0, degraded: "rebuild_needed" });
  await reindex(engine, []);
  expect((await engine.state()).rebuild).toBeNull();
});

test.each([
  ["missing", "missing", (path: string) => rmSync(path)],
  ["empty", "old_format", (path: string) => truncateSync(path, 0)],
  ["not a database", "corrupt", (path: string) => writeFileSync(path, "教案".repeat(5000))],
  ["cut off", "corrupt", (path: string) => truncateSync(path, 4096 * 2)],
  [
    "of an old format",
    "old_format",
    (path: string) => {
      const db = new Database(path);
      db.exec("update meta set value = '0' where key = 'format'");
      db.close();
    },
  ],
])("an index file that is %s is begun anew and reported", async (_, reason, damage) => {
  const folder = aFolder();
  const before = openIn(folder);
  await reindex(before, [aDocument({ id: "plan:1", title: "分数的意义" })]);
  await before.close();
  damage(fileIn(folder));
  const after = openIn(folder);
  expect(await after.state()).toMatchObject({ ready: true, documents: 0, rebuild: reason });
  await reindex(after, [aDocument({ id: "plan:1", title: "分数的意义" })]);
  expect(await found(after, "分数", [0])).toEqual(["plan:1"]);
  expect((await after.state()).rebuild).toBeNull();
});

test("a second process on the folder sees what the first puts, removes, clears and swaps", async () => {
  const folder = aFolder();
  const one = openIn(folder);
  const other = openIn(folder);
  await one.put([aDocument({ id: "plan:1", title: "分数的意义" }), aDocument({ id: "plan:2", title: "分数的性质" })]);
  expect((await found(other, "分数", [0])).sort()).toEqual(["plan:1", "plan:2"]);
  await other.remove(["plan:1"]);
  expect(await found(one, "分数", [0])).toEqual(["plan:2"]);
  await reindex(one, [aDocument({ id: "plan:3", title: "分数的大小" })]);
  expect(await found(other, "分数", [0])).toEqual(["plan:3"]);
  await other.put([aDocument({ id: "plan:4", title: "分数的大小" })]);
  expect((await found(one, "分数", [0])).sort()).toEqual(["plan:3", "plan:4"]);
  await other.clear();
  expect(await found(one, "分数", [0])).toEqual([]);
  expect(readdirSync(folder).filter((file) => file.endsWith(".sqlite")).length).toBe(1);
});

test("what another process writes during a rebuild is in the rebuilt index", async () => {
  const folder = aFolder();
  const one = openIn(folder);
  const other = openIn(folder);
  async function* truth() {
    yield aDocument({ id: "plan:1", title: "分数的意义" });
    await other.put([aDocument({ id: "plan:2", title: "分数的性质" })]);
    await other.remove(["plan:1"]);
  }
  await reindex(one, truth());
  expect(await found(one, "分数", [0])).toEqual(["plan:2"]);
});

test("a rebuild takes the leftovers of replaced documents out", async () => {
  const engine = openIn(aFolder());
  for (let time = 0; time < 3; time++) await engine.put([aDocument({ id: "plan:1", title: `分数的意义${time}` })]);
  expect(await engine.state()).toMatchObject({ documents: 1, stale: 2 });
  await reindex(engine, [aDocument({ id: "plan:1", title: "分数的意义" })]);
  expect(await engine.state()).toMatchObject({ documents: 1, stale: 0 });
});

test("an abandoned rebuild leaves no file behind", async () => {
  const folder = aFolder();
  const engine = openIn(folder);
  const rebuild = await engine.beginRebuild();
  await rebuild.put([aDocument({ id: "plan:1", title: "分数的意义" })]);
  expect(readdirSync(folder).filter((file) => file.endsWith(".sqlite")).length).toBe(2);
  await rebuild.abandon();
  expect(readdirSync(folder).filter((file) => file.endsWith(".sqlite")).length).toBe(1);
});

test("damage that is met while searching is answered, reported and mended", async () => {
  const folder = aFolder();
  const engine = openIn(folder);
  await reindex(engine, Array.from({ length: 300 }, (_, index) => aDocument({ id: `plan:${index}`, title: `分数第${index}课`, body: "折纸".repeat(index) })));
  await engine.close();
  const path = fileIn(folder);
  const bytes = readFileSync(path);
  bytes.fill(0x5a, 4096 * 8, statSync(path).size);
  writeFileSync(path, bytes);
  const damaged = openIn(folder);
  await damaged.search({ text: "分数 折纸", accessIds: [0] });
  expect(await damaged.state()).toMatchObject({ documents: 0, rebuild: "corrupt" });
  await damaged.put([aDocument({ id: "plan:1", title: "分数的意义" })]);
  expect(await found(damaged, "分数", [0])).toEqual(["plan:1"]);
});

/** An engine whose index is made anew from all that it was given, after each change that does not fall into a rebuild. */
function madeAnew(engine: SearchEngine): SearchEngine {
  const held = new Map<string, SearchDocument>();
  let rebuilding = false;
  const anew = async (change: Promise<void>) => {
    await change;
    if (!rebuilding) await reindex(engine, held.values());
  };
  return {
    name: engine.name,
    put: (documents) => {
      for (const document of documents) {
        held.delete(document.id);
        held.set(document.id, document);
      }
      return anew(engine.put(documents));
    },
    remove: (ids) => {
      for (const id of ids) held.delete(id);
      return anew(engine.remove(ids));
    },
    clear: () => {
      held.clear();
      return anew(engine.clear());
    },
    search: (query) => engine.search(query),
    suggest: (query) => engine.suggest(query),
    state: () => engine.state(),
    beginRebuild: () => {
      rebuilding = true;
      return engine.beginRebuild();
    },
    close: () => engine.close(),
  };
}

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "search-"));
  folders.push(folder);
  return folder;
}

function openIn(folder: string): SearchEngine {
  const engine = openSqliteSearch({ folder });
  engines.push(engine);
  return engine;
}

async function found(engine: SearchEngine, text: string, accessIds: number[]): Promise<string[]> {
  return (await engine.search({ text, accessIds })).hits.map((hit) => hit.id);
}

function fileIn(folder: string): string {
  return join(folder, readFileSync(join(folder, "current"), "utf8"));
}
