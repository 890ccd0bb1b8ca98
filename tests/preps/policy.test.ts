import { expect, test } from "vitest";
import { canOnPrep, canStartPrep, type PrepAct, type PrepForRules } from "#app/preps/policy.ts";
import type { PrepState } from "#db/schema/lessons.ts";
import { member, stranger, STUDIO, GROUP, OTHER_GROUP } from "#tests/people.ts";

const lead = member("lead", "young_teacher", GROUP);
const late = member("late", "young_teacher", GROUP);
const co = member("co", "young_teacher", GROUP);
const declined = member("declined", "young_teacher", GROUP);
const observer = member("observer", "trainee");
const head = member("head", "subject_lead", GROUP);
const otherHead = member("other-head", "subject_lead", OTHER_GROUP);
const master = member("master", "master");
const bystander = member("bystander", "young_teacher", GROUP);
const gone = { ...co, seats: [] };
const masterElsewhere = member("elsewhere", "master", null, "01JSTVD00THER0000000000000");
const administrator = { ...stranger("admin"), grants: [{ role: "region_admin" as const, scopeType: "system" as const, scopeId: "" }, { role: "system_operator" as const, scopeType: "system" as const, scopeId: "" }] };

const prep = (state: PrepState): PrepForRules => ({
  studioId: STUDIO,
  groupId: GROUP,
  state,
  participants: [
    { personId: "lead", part: "lead_preparer", answer: "accepted" },
    { personId: "co", part: "co_preparer", answer: "accepted" },
    { personId: "late", part: "co_preparer", answer: "waiting" },
    { personId: "declined", part: "co_preparer", answer: "declined" },
    { personId: "observer", part: "observer", answer: "accepted" },
  ],
});

/** Every act: one that is new does not compile until it stands here, and so in what follows. */
const ACTS = Object.keys({ answer: 1, bring: 1, submit: 1, move: 1, confirm: 1, cancel: 1, replaceLead: 1, moveDeadlines: 1, changeParticipants: 1, countNotes: 1 } satisfies Record<PrepAct, 1>) as PrepAct[];
const mayOn = (viewer: typeof lead, state: PrepState) => ACTS.filter((act) => canOnPrep(viewer, act, prep(state)));
const GUIDES: PrepAct[] = ["move", "cancel", "replaceLead", "moveDeadlines", "changeParticipants", "countNotes"];

test.each<[string, typeof lead, PrepAct[]]>([
  ["lead preparer", lead, ["move", "countNotes"]],
  ["co-preparer who accepted", co, ["bring", "submit", "countNotes"]],
  ["co-preparer who has not answered", late, ["answer", "countNotes"]],
  ["co-preparer who declined", declined, []],
  ["observer", observer, ["countNotes"]],
  ["head of the group", head, GUIDES],
  ["master", master, GUIDES],
  ["head of another group", otherHead, []],
  ["member who takes no part", bystander, []],
  ["co-preparer whose seat has ended", gone, []],
  ["master of another studio", masterElsewhere, []],
  ["region administrator and system operator", administrator, []],
])("while drafts are written: %s", (_who, viewer, acts) => {
  expect(mayOn(viewer, "individual_draft")).toEqual(acts);
});

test("confirming is for those who accepted, while the plan is revised; nothing moves once it is over", () => {
  for (const viewer of [lead, co, observer]) expect(mayOn(viewer, "revision")).toContain("confirm");
  for (const viewer of [late, declined, bystander, master]) expect(mayOn(viewer, "revision")).not.toContain("confirm");
  for (const state of ["archived", "cancelled"] as const) for (const viewer of [lead, co, late, head, master]) expect(mayOn(viewer, state)).toEqual([]);
});

test.each([["master", true], ["subject_lead", true], ["young_teacher", true], ["studio_assistant", true], ["trainee", false], ["guest_expert", false]] as const)("a %s starts a prep: %s", (role, may) => {
  expect(canStartPrep(member("who", role), STUDIO)).toBe(may);
  expect(canStartPrep(member("who", role), "01JSTVD00THER0000000000000")).toBe(false);
});
