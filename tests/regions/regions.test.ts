import { readFileSync } from "node:fs";
import type { LoaderFunctionArgs } from "@remix-run/node";
import { expect, test } from "vitest";
import { regionFor } from "#app/regions/access.server.ts";
import { importSchools } from "#app/regions/import-schools.server.ts";
import { loader as importPage } from "#app/routes/regions.$regionId.schools.import/route.tsx";
import { saveSchool, seenOf } from "#app/regions/save-school.server.ts";
import { childRegions, findRegionByCode, findRegionPath, loadRegions, regionPath } from "#db/regions.ts";
import { findSchool, listSchools, searchSchools } from "#db/schools.ts";
import type { Db } from "#db/types.ts";
import { aDatabase } from "#tests/database.ts";
import { aGrant, aTeacher, places } from "#tests/factories.ts";

const shipped = readFileSync(new URL("../../db/dictionaries/regions.csv", import.meta.url), "utf8");

async function setting(code: string) {
  const db = await aDatabase();
  await places(db);
  await loadRegions(db, shipped);
  const id = await idOf(db, code);
  const administrator = await aGrant(db, await aTeacher(db), "region_admin", "region", id);
  return { db, administrator, region: await regionFor(db, administrator, "importSchools", id) };
}

const idOf = async (db: Db, code: string) => (await findRegionByCode(db, code))?.id ?? "";

test("the tree is loaded once however often, and a county knows its path", async () => {
  const db = await aDatabase();
  expect(await loadRegions(db, shipped)).toBe(102);
  const county = await idOf(db, "331127");
  expect(await loadRegions(db, shipped.replace("景宁畲族自治县", "景宁县"))).toBe(0);
  expect((await findRegionPath(db, county)).map((one) => one.name)).toEqual(["景宁县", "丽水市", "浙江省"]);
  expect(await regionPath(db, county)).toEqual([county, await idOf(db, "331100"), await idOf(db, "330000")]);
  expect(await regionPath(db, null)).toEqual([]);
  expect(await childRegions(db, await idOf(db, "330000"))).toHaveLength(11);
  await expect(loadRegions(db, "code,level,parent,name\n999999,county,998800,无此县\n")).rejects.toThrow("line 2");
});

test("a table with faults brings in nothing and names every faulty line; mended, it comes in, and again changes nothing", async () => {
  const { db, administrator, region } = await setting("331100");
  const bad = "校名,区县,类别,城乡,偏远,小规模\n云岭乡中心小学,景宁畲族自治县,小学,乡村,是,是\n,331127,小学,乡村,,\n听橹小学,拱墅区,小学,城区,否,否\n云岭乡中心小学,景宁畲族自治县,大学,山里,也许,\n天外小学,天外县,小学,城区,,\n";
  const refused = await importSchools(db, administrator, region, bad);
  expect(refused.problems).toEqual([
    { line: 3, problem: "name_missing", value: "" },
    { line: 4, problem: "county_outside", value: "拱墅区" },
    { line: 5, problem: "kind", value: "大学" },
    { line: 5, problem: "locale", value: "山里" },
    { line: 5, problem: "remote", value: "也许" },
    { line: 5, problem: "twice", value: "云岭乡中心小学" },
    { line: 6, problem: "county", value: "天外县" },
  ]);
  expect(await listSchools(db, region.id, { limit: 10 })).toHaveLength(1); // the factory's own, in 景宁
  const good = "﻿name,county,kind,locale,remote,small_rural\r\n畲歌民族小学,331127,primary,rural,yes,no\r\n\"香菇坪小学\",庆元县,小学,乡村,是,是\r\n";
  expect(await importSchools(db, administrator, region, good)).toEqual({ made: 2, changed: 0, same: 0 });
  expect(await importSchools(db, administrator, region, good.replace("yes,no", "yes,yes"))).toEqual({ made: 0, changed: 1, same: 1 });
  expect(await searchSchools(db, "民族")).toMatchObject([{ name: "畲歌民族小学", region: "景宁畲族自治县", remote: true, smallRural: true, locale: "rural" }]);
});

test("the table shown as an example names a county of the region that imports", async () => {
  const { db, administrator, region } = await setting("331100");
  const request = new Request(`http://localhost:3000/regions/${region.id}/schools/import`);
  const page = await importPage({ request, params: { regionId: region.id }, context: { db, viewer: async () => administrator } } as unknown as LoaderFunctionArgs); // only what this route asks for
  expect(page).toEqual({ county: "莲都区" });
});

test("not a table, an open quotation, nothing at all", async () => {
  const { db, administrator, region } = await setting("331100");
  const problems = async (text: string) => (await importSchools(db, administrator, region, text)).problems?.map((one) => `${one.line} ${one.problem}`);
  expect(await problems("随便写的一句话")).toEqual(["1 columns"]);
  expect(await problems("校名,区县,类别,城乡\n")).toEqual(["1 nothing"]);
  expect(await problems('校名,区县,类别,城乡\n"云岭,331127,小学,乡村\n')).toContain("2 quote_not_closed");
});

test("a region is administered by those above it alone, and a school stays inside it under one name", async () => {
  const { db, administrator, region } = await setting("331100");
  const [inside, outside] = [await idOf(db, "331127"), await idOf(db, "330105")];
  const refusal = async (id: string) => ((await regionFor(db, administrator, "administer", id).catch((error: unknown) => error)) as Response).status;
  expect((await regionFor(db, administrator, "administer", inside)).names).toEqual(["浙江省", "丽水市", "景宁畲族自治县"]);
  expect(await refusal(outside)).toBe(404);
  expect(await refusal(await idOf(db, "330000"))).toBe(404);
  const desk = await regionFor(db, administrator, "editSchools", region.id);
  const school = { name: "云梯小学", regionId: inside, kind: "primary" as const, locale: "rural" as const, remote: true, smallRural: false };
  const saved = await saveSchool(db, administrator, desk, school, null);
  expect(saved).toHaveProperty("id");
  expect(await saveSchool(db, administrator, desk, school, null)).toEqual({ refused: "twice" });
  expect(await saveSchool(db, administrator, desk, { ...school, name: "另一所", regionId: outside }, null)).toEqual({ refused: "county" });
  const before = { id: "id" in saved ? saved.id : "", seen: seenOf(school) };
  expect(await saveSchool(db, administrator, desk, { ...school, smallRural: true }, before)).toEqual(saved);
  // Of two who saw the same form the second is told, and nothing of the first is lost.
  expect(await saveSchool(db, administrator, desk, { ...school, remote: true }, before)).toEqual({ refused: "stale" });
  expect(await findSchool(db, before.id)).toMatchObject({ smallRural: true, remote: school.remote });
});
