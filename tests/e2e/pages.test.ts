import type { Browser } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { type Blueprint, drawHouse, type House } from "#tests/doors/house.ts";
import { doorsOf, theBuild } from "#tests/doors/manifest.ts";
import { walk } from "#tests/doors/walk.ts";
import { startBrowser } from "./browser.ts";
import { lookAt, type Looked } from "./pages/look.ts";
import { running, type Running } from "./running.ts";
import { emptyVisits, type Visit, visitsOf } from "./pages/visits.ts";

/** Places at which each door is opened; the page with the most in it is looked at. */
const PLACES = 2;

let blueprint: Blueprint;
let house: House;
let empty: Running;
let browser: Browser;
let visits: Visit[];
let emptyOnes: Visit[];
let unseen: string[];
const looked: Looked[] = [];

beforeAll(async () => {
  quiet();
  blueprint = await drawHouse();
  house = await blueprint.house();
  const doors = doorsOf(await theBuild());
  ({ visits, unseen } = await visitsOf(house, doors, await walk(house, doors, PLACES)));
  browser = await startBrowser();
  empty = await running({ mode: "production" });
  emptyOnes = emptyVisits(empty);
  for (const locale of ["zh-CN", "en"] as const) {
    looked.push(...(await lookAt(house, browser, visits, locale)));
    looked.push(...(await lookAt({ url: empty.url, ask: house.ask, cookieOf: house.cookieOf }, browser, emptyOnes, locale)));
  }
}, 900_000);

beforeEach(quiet);

afterAll(async () => {
  await browser?.close();
  await empty?.stop();
  await house?.close();
  await blueprint?.remove();
});

/** The framework announces changes of its next version once for every plain answer. */
function quiet(): void {
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
}

/** Findings of all looks at all pages, each with where it was found. */
function found(kind: keyof Looked["wrong"]): string[] {
  return looked.flatMap(({ visit, locale, wrong }) => wrong[kind].map((line) => `${visit.pattern} (${locale}, ${visit.address}): ${line}`));
}

test("no page was left out, and each has something to read", () => {
  expect(unseen.filter((pattern) => !emptyOnes.some((one) => one.pattern === pattern))).toEqual([]);
  expect(visits.length).toBeGreaterThan(80);
  expect(looked.length).toBe(2 * (visits.length + emptyOnes.length));
  expect(found("content")).toEqual([]);
});

test("at most one look of them all got stuck and was taken again", () => {
  expect(looked.flatMap(({ stuck }) => stuck ?? []).slice(1)).toEqual([]);
});

test("axe finds nothing serious or critical, in both languages, light and dark", () => {
  expect(found("axe")).toEqual([]);
});

test("on a phone nothing scrolls sideways, and thumbs reach what matters", () => {
  expect(found("phone")).toEqual([]);
});

test("no page complains in the console, of its words, its scripts or the content policy", () => {
  expect(found("console")).toEqual([]);
});

test("no page of reading sends more than 150 KB before it is readable and alive, nor more than 120 KB of script", () => {
  expect(found("weight")).toEqual([]);
});
