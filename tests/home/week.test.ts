import { expect, test } from "vitest";
import { weekOf } from "#app/home/my-day.server.ts";
import { chainOf } from "#app/lessons/chain.ts";
import { schoolDay, schoolYear } from "#db/school-day.ts";

test.each([
  ["2026-08-31T15:59:59Z", 2025, "2026-08-31"],
  ["2026-08-31T16:00:00Z", 2026, "2026-09-01"],
  ["2026-11-23T11:30:00Z", 2026, "2026-11-23"],
])("the school year turns at midnight of 1 September in Hangzhou: %s", (at, year, day) => {
  expect(schoolYear(new Date(at))).toBe(year);
  expect(schoolDay(new Date(at))).toBe(day);
});

test("weeks of the school year are counted from the Monday before 1 September", () => {
  expect(weekOf(new Date("2026-09-01T04:00:00Z"))).toBe(1);
  expect(weekOf(new Date("2026-09-06T15:00:00Z"))).toBe(1);
  expect(weekOf(new Date("2026-09-06T16:30:00Z"))).toBe(2);
  expect(weekOf(new Date("2026-11-23T11:30:00Z"))).toBe(13);
});

test("where a lesson is on its chain", () => {
  const at = (prep: Parameters<typeof chainOf>[0]["prep"], more = {}) => chainOf({ prep, taught: false, published: false, ...more });
  expect([at("planned"), at("individual_draft"), at("discussion"), at("revision"), at("finalised"), at("taught"), at("reflecting"), at("archived")]).toEqual([
    "individual_draft", "individual_draft", "discussion", "discussion", "taught", "reflection", "reflection", "published",
  ]);
  expect(at("archived", { published: true })).toBeNull();
  expect([at(null), at(null, { taught: true }), at(null, { taught: true, reflected: true })]).toEqual(["individual_draft", "reflection", "published"]);
});
