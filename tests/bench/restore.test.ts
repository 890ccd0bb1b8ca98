import { expect, test } from "vitest";
import { bench } from "#tests/bench/told.ts";
import { differences, type Tables } from "../../bench/restore/tables.ts";

test("a backup that is taken while people write is restored as it was, by the commands that an administrator types", async () => {
  const { code, told } = await bench(["restore", "--writers", "4", "--seconds", "2"]);
  expect(told).toMatchObject({ bench: "restore", ours: { rowsEqual: true, filesEqual: true, documentsEqual: true }, ok: true });
  expect(told.ours["writtenMeanwhile"]).toBeGreaterThan(0);
  expect(code).toBe(0);
}, 300_000);

test("a copy that is of no one moment is seen: a row that is missing, changed or made up, in a table that rests and in one that is written", () => {
  const tables = (lessons: Record<string, string>, people: Record<string, string>): Tables => ({ names: ["lessons", "people"], rowsOf: (name) => new Map(Object.entries(name === "lessons" ? lessons : people)) });
  const [before, after] = [tables({ a: "1" }, { x: "1", y: "1" }), tables({ a: "1", b: "1" }, { x: "1", y: "1" })];
  expect(differences(before, tables({ a: "1" }, { x: "1", y: "1" }), after)).toEqual([]);
  expect(differences(before, tables({ a: "1", b: "1" }, { x: "1", y: "1" }), after)).toEqual([]);
  for (const copy of [tables({ b: "1" }, { x: "1", y: "1" }), tables({ a: "2" }, { x: "1", y: "1" }), tables({ a: "1", c: "1" }, { x: "1", y: "1" }), tables({ a: "1" }, { x: "1" }), tables({ a: "1" }, { x: "1", y: "2" })]) expect(differences(before, copy, after)).toHaveLength(1);
});
