import { expect, test } from "vitest";
import { waitedFor } from "#app/lessons/waited-for.ts";
import type { PrepState } from "#db/schema/lessons.ts";
import { PREP_STATES } from "#db/schema/lessons.ts";

const PARTICIPANTS = [{ name: "何立夏", part: "co_preparer" }, { name: "林雨桐", part: "lead_preparer" }, { name: "蓝小满", part: "observer" }];

/** Who is waited for, in short. */
function waited(state: PrepState, missing: readonly string[]): string {
  return waitedFor({ state, missing: missing.map((key) => ({ key: `preps:missing.${key}` })), participants: PARTICIPANTS }).map((one) => (one.kind === "person" ? one.name : one.kind)).join(" ");
}

test.each<[PrepState, string[], string]>([
  ["planned", ["leadAccepts"], "林雨桐"],
  ["individual_draft", [], "林雨桐"],
  ["individual_draft", ["sections"], "林雨桐"],
  ["individual_draft", ["notes"], "drafts"],
  ["individual_draft", ["sections", "notes"], "林雨桐 drafts"],
  ["discussion", ["seminar"], "林雨桐"],
  ["discussion", [], "林雨桐"],
  ["revision", [], "林雨桐"],
  ["revision", ["threads"], "林雨桐"],
  ["revision", ["leadConfirms"], "林雨桐"],
  ["revision", ["otherConfirms"], "confirms"],
  ["revision", ["threads", "otherConfirms"], "林雨桐 confirms"],
  ["finalised", ["teach"], "teaches"],
  ["taught", ["run"], "teaches"],
  ["taught", [], "林雨桐"],
  ["reflecting", ["reflection"], "reflects"],
  ["reflecting", [], "林雨桐"],
  ["archived", [], ""],
  ["cancelled", [], ""],
])("in %s, lacking %j: %s", (state, missing, expected) => {
  expect(waited(state, missing)).toBe(expected);
});

test("nobody is waited for by name but the lead preparer, and without one nobody is", () => {
  for (const state of PREP_STATES) expect(waited(state, ["sections", "notes", "threads", "leadConfirms", "otherConfirms", "run", "reflection"])).not.toMatch(/何立夏|蓝小满/);
  expect(waitedFor({ state: "discussion", missing: [], participants: PARTICIPANTS.filter((one) => one.part !== "lead_preparer") })).toEqual([]);
});
