import { expect, test } from "vitest";
import { canOnPlan, type PlanAct, type PlanForRules } from "#app/plans/policy.ts";
import type { PrepState } from "#db/schema/lessons.ts";
import type { Viewer } from "#db/viewer.ts";
import { GROUP, member, OTHER_GROUP, stranger, STUDIO } from "#tests/people.ts";

/** Every act: one that is new does not compile until it stands here, and so in what follows. */
const ACTS = Object.keys({ write: 1, comment: 1, settle: 1, fork: 1, teach: 1 } satisfies Record<PlanAct, 1>) as PlanAct[];
const may = (viewer: Viewer, plan: PlanForRules) => ACTS.filter((act) => canOnPlan(viewer, act, plan)).join(" ");

type Mine = PlanForRules["mine"];
const common = (state: PrepState, mine: Mine, discussed = state !== "planned" && state !== "individual_draft"): PlanForRules => ({ kind: "common", ownerId: "lead", state: "draft", mine, note: null, prep: { studioId: STUDIO, groupId: GROUP, state, discussed } });
const LEAD: Mine = { part: "lead_preparer", answer: "accepted" };
const CO: Mine = { part: "co_preparer", answer: "accepted" };
const LATE: Mine = { part: "co_preparer", answer: "waiting" };
const DECLINED: Mine = { part: "co_preparer", answer: "declined" };
const OBSERVER: Mine = { part: "observer", answer: "accepted" };

// rows are people, columns: while drafts are written, in discussion, in revision, finalised
test.each<[string, Viewer, Mine, string, string, string, string]>([
  ["lead preparer", member("lead", "young_teacher", GROUP), LEAD, "write comment settle", "write comment settle", "write comment settle", "fork teach"],
  ["co-preparer", member("co", "subject_lead", OTHER_GROUP), CO, "", "write comment settle", "write comment settle", "fork teach"],
  ["co-preparer who has not answered", member("late", "young_teacher"), LATE, "", "comment", "comment", "fork teach"],
  ["co-preparer who declined", member("no", "young_teacher"), DECLINED, "", "", "", "fork teach"],
  ["observing trainee", member("tr", "trainee"), OBSERVER, "", "comment", "comment", "fork teach"],
  ["trainee made co-preparer by mistake", member("tr", "trainee"), CO, "", "comment", "comment", "fork teach"],
  ["observing guest expert", member("ge", "guest_expert"), OBSERVER, "", "comment", "comment", ""],
  ["head of the group", member("head", "subject_lead", GROUP), null, "", "comment settle", "comment settle", "fork teach"],
  ["head of another group", member("head2", "subject_lead", OTHER_GROUP), null, "", "", "", "fork teach"],
  ["master", member("ma", "master"), null, "", "comment settle", "comment settle", "fork teach"],
  ["master who takes part", member("ma", "master"), CO, "", "write comment settle", "write comment settle", "fork teach"],
  ["studio assistant", member("as", "studio_assistant"), null, "", "", "", ""],
  ["member", member("yt", "young_teacher", GROUP), null, "", "", "", "fork teach"],
  ["lead preparer whose seat has ended", stranger("lead"), LEAD, "", "", "", ""],
  ["master of another studio", member("ma2", "master", null, "01JSTVD00THER0000000000000"), null, "", "", "", ""],
])("%s on the common plan", (_who, viewer, mine, drafting, discussion, revision, finalised) => {
  expect(may(viewer, common("individual_draft", mine))).toBe(drafting);
  expect(may(viewer, common("discussion", mine))).toBe(discussion);
  expect(may(viewer, common("revision", mine))).toBe(revision);
  for (const state of ["finalised", "taught", "reflecting", "archived"] as const) expect(may(viewer, common(state, mine))).toBe(finalised);
  expect(may(viewer, common("cancelled", mine, true))).toBe("");
});

const draft = (note: "draft" | "submitted" | "revealed", mine: Mine, state: PrepState = "individual_draft"): PlanForRules => ({ kind: "individual", ownerId: "co", state: "draft", mine, note: { state: note }, prep: { studioId: STUDIO, groupId: GROUP, state, discussed: note === "revealed" } });

test.each<[string, Viewer, Mine, string, string]>([
  ["author", member("co", "young_teacher"), CO, "write comment settle", "comment settle"],
  ["lead preparer", member("lead", "young_teacher"), LEAD, "", "comment settle"],
  ["master", member("ma", "master"), null, "", "comment settle"],
  ["head of another group", member("head2", "subject_lead", OTHER_GROUP), null, "", ""],
  ["member", member("yt", "young_teacher", GROUP), null, "", ""],
])("%s on an individual draft, before and after the reveal", (_who, viewer, mine, before, after) => {
  expect(may(viewer, draft("draft", mine))).toBe(before);
  expect(may(viewer, draft("submitted", mine))).toBe(before);
  expect(may(viewer, draft("revealed", mine, "discussion"))).toBe(after);
  expect(may(viewer, draft("revealed", mine, "finalised"))).toBe("");
});

test("a plan of one's own is one's own; replaced, it is only read", () => {
  const own = (state: PlanForRules["state"]): PlanForRules => ({ kind: "personal", ownerId: "co", state, mine: null, note: null, prep: null });
  expect(may(stranger("co"), own("draft"))).toBe("write comment settle teach");
  expect(may(stranger("co"), own("superseded"))).toBe("teach");
  expect(may(member("ma", "master"), own("draft"))).toBe("");
});
