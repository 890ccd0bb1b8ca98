import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseCsv } from "#db/csv.ts";

const dictionary = (name: string) => {
  const { rows, errors } = parseCsv(readFileSync(new URL(`../../db/dictionaries/${name}`, import.meta.url), "utf8"));
  expect(errors).toEqual([]);
  const [head = [], ...body] = rows;
  return { head, body: body.map((fields) => Object.fromEntries(head.map((column, i) => [column, fields[i] ?? ""]))) };
};

test("Zhejiang stands with its 11 cities and 90 counties, each under its own city", () => {
  const { head, body } = dictionary("regions.csv");
  expect(head).toEqual(["code", "level", "parent", "name"]);
  const level = new Map(body.map((region) => [region.code, region.level]));
  expect(level.size).toBe(body.length);
  expect(body.filter((region) => region.level === "province").map((region) => region.name)).toEqual(["浙江省"]);
  expect(body.filter((region) => region.level === "city")).toHaveLength(11);
  expect(body.filter((region) => region.level === "county")).toHaveLength(90);
  for (const region of body) {
    expect(region.code).toMatch(/^33\d{4}$/);
    if (region.level === "city") expect(level.get(region.parent)).toBe("province");
    if (region.level === "county") {
      expect(level.get(region.parent)).toBe("city");
      expect(region.parent).toBe(`${region.code?.slice(0, 4)}00`);
    }
  }
});

test("the curriculum is a skeleton that says so, numbered without gaps", () => {
  const { head, body } = dictionary("curriculum-primary-maths.csv");
  expect(head.join()).toBe("stage,subject,edition,edition_year,grade,volume,unit_no,unit,lesson_no,lesson,periods,verified");
  expect(new Set(body.map((row) => row.verified))).toEqual(new Set(["false"]));
  const books = new Map<string, Map<number, { unit: string; lessons: string[] }>>();
  for (const row of body) {
    const book = `${row.edition} ${row.edition_year} ${row.grade} ${row.volume}`;
    const units = books.get(book) ?? new Map<number, { unit: string; lessons: string[] }>();
    const unit = units.get(Number(row.unit_no)) ?? { unit: row.unit ?? "", lessons: [] };
    expect(Number(row.lesson_no)).toBe(unit.lessons.push(row.lesson ?? ""));
    expect(row.unit).toBe(unit.unit);
    expect(Number(row.periods)).toBeGreaterThan(0);
    books.set(book, units.set(Number(row.unit_no), unit));
  }
  for (const units of books.values()) {
    expect([...units.keys()]).toEqual([...units.keys()].map((_, i) => i + 1));
    for (const { lessons } of units.values()) expect(new Set(lessons).size).toBe(lessons.length);
  }
  const grades = (edition: string) => new Set([...books.keys()].filter((book) => book.startsWith(edition)).map((book) => book.slice(edition.length + 1)));
  const bothVolumes = (from: number, to: number) => new Set(Array.from({ length: to - from + 1 }, (_, i) => from + i).flatMap((grade) => [`${grade} upper`, `${grade} lower`]));
  expect(grades("人教版 2013")).toEqual(bothVolumes(1, 6));
  expect(grades("人教版 2024")).toEqual(bothVolumes(1, 3));
  expect(grades("北师大版 2013")).toEqual(bothVolumes(3, 6));
});
