import { expect, test } from "vitest";
import { guardOf, movesFrom, type PrepFacts } from "#app/preps/guards.ts";
import { PREP_STATES } from "#db/schema/lessons.ts";

const NOW = new Date("2026-11-23T11:30:00Z");
const later = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);

const facts = (given: Partial<PrepFacts> = {}): PrepFacts => ({
  sections: [{ key: "objectives", title: "教学目标", required: true, minChars: 30, charCount: 30 }, { key: "methods", title: "教学方法", required: false, minChars: 0, charCount: 0 }],
  notes: { due: 4, submitted: 4 },
  draftDeadline: later(24),
  seminars: { held: 1, withMinutes: 1 },
  stateSince: later(-1),
  openThreads: 0,
  confirmed: { lead: true, others: 1 },
  runs: 1,
  reflections: 1,
  ...given,
});
const keys = (from: Parameters<typeof guardOf>[0], to: Parameters<typeof guardOf>[1], given: Partial<PrepFacts>) => {
  const guard = guardOf(from, to, facts(given), NOW);
  return [...guard.missing.map((one) => one.key.replace("preps:missing.", "")), ...(guard.asks ? [`asks ${guard.asks}`] : [])].join(" ");
};

test.each<[string, Partial<PrepFacts>, string]>([
  ["everything there", {}, ""],
  ["a required section too short", { sections: [{ key: "objectives", title: "教学目标", required: true, minChars: 30, charCount: 29 }] }, "sections"],
  ["nobody else writes", { notes: { due: 0, submitted: 0 } }, ""],
  ["one draft missing, time left", { notes: { due: 4, submitted: 3 } }, "notes"],
  ["time over, half are in", { notes: { due: 4, submitted: 2 }, draftDeadline: later(-1) }, ""],
  ["time over, fewer than half", { notes: { due: 4, submitted: 1 }, draftDeadline: later(-1) }, "asks reason"],
  ["time over, three of nine", { notes: { due: 9, submitted: 3 }, draftDeadline: later(-1) }, ""],
  ["time over, two of nine", { notes: { due: 9, submitted: 2 }, draftDeadline: later(-1) }, "asks reason"],
  ["no deadline was set", { notes: { due: 2, submitted: 0 }, draftDeadline: null }, "asks reason"],
  ["time over, sections missing too", { sections: [{ key: "objectives", title: "教学目标", required: true, minChars: 30, charCount: 0 }], notes: { due: 4, submitted: 0 }, draftDeadline: later(-1) }, "sections asks reason"],
])("G1: %s", (_case, given, expected) => {
  expect(keys("individual_draft", "discussion", given)).toBe(expected);
});

test.each<[string, Partial<PrepFacts>, string]>([
  ["a seminar with minutes", {}, ""],
  ["a seminar without minutes", { seminars: { held: 1, withMinutes: 0 } }, "minutes"],
  ["no seminar, an hour of writing", { seminars: { held: 0, withMinutes: 0 } }, "seminar"],
  ["no seminar, 48 hours of writing", { seminars: { held: 0, withMinutes: 0 }, stateSince: later(-48) }, "asks minutes"],
])("G2: %s", (_case, given, expected) => {
  expect(keys("discussion", "revision", given)).toBe(expected);
});

test("G3 wants threads resolved and two confirmations, G4 a lesson given, G5 a reflection", () => {
  expect(keys("revision", "finalised", {})).toBe("");
  expect(keys("revision", "finalised", { openThreads: 2, confirmed: { lead: false, others: 0 } })).toBe("threads leadConfirms otherConfirms");
  expect(keys("revision", "finalised", { confirmed: { lead: true, others: 0 } })).toBe("otherConfirms");
  expect(keys("taught", "reflecting", { runs: 0 })).toBe("run");
  expect(keys("reflecting", "archived", { reflections: 0 })).toBe("reflection");
  expect(keys("taught", "reflecting", {}) + keys("reflecting", "archived", {})).toBe("");
});

test("going back, or round again, wants a reason and nothing else", () => {
  for (const [from, to] of [["discussion", "individual_draft"], ["revision", "discussion"], ["taught", "individual_draft"]] as const) expect(keys(from, to, {})).toBe("asks reason");
});

test("no other move is known", () => {
  const known = PREP_STATES.flatMap((from) => movesFrom(from).map((move) => `${from} ${move.to}`));
  expect(known).toEqual(["individual_draft discussion", "discussion revision", "discussion individual_draft", "revision finalised", "revision discussion", "taught reflecting", "taught individual_draft", "reflecting archived"]);
  expect(() => guardOf("planned", "finalised", facts(), NOW)).toThrow(RangeError);
});
