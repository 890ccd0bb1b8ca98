import { expect, test } from "vitest";
import { canDraftStudio, canOnSeat, canOnStudio, mayAdmitInto, type StudioAct, type StudioFacts } from "#app/studios/policy.ts";
import type { SeatRole } from "#db/schema/studios.ts";
import type { Viewer, ViewerGrant } from "#db/viewer.ts";

const studio: StudioFacts = { id: "工作室", status: "active", subject: "mathematics", createdBy: "起草人", recruitPolicy: "approve", regionPath: ["杭州", "浙江"] };

function someone(seat?: SeatRole, given: { groupId?: string; grants?: ViewerGrant[]; studioId?: string; verified?: boolean; id?: string } = {}): Viewer {
  const seats = seat ? [{ id: "席位", studioId: given.studioId ?? studio.id, role: seat, groupId: given.groupId ?? null }] : [];
  return { id: given.id ?? "某人", name: "某人", locale: "zh-CN", theme: "system", schoolId: null, regionId: null, stages: ["primary"], subjects: ["mathematics"], verified: given.verified ?? true, seats, grants: given.grants ?? [] };
}

const grant = (role: ViewerGrant["role"], region: string): ViewerGrant => ({ role, scopeType: "region", scopeId: region });

const people = {
  visitor: someone(),
  trainee: someone("trainee"),
  young: someone("young_teacher"),
  lead: someone("subject_lead", { groupId: "数与代数组" }),
  leadWithoutGroup: someone("subject_lead"),
  master: someone("master"),
  assistant: someone("studio_assistant"),
  expert: someone("guest_expert"),
  masterElsewhere: someone("master", { studioId: "另一个工作室" }),
  administrator: someone(undefined, { grants: [grant("region_admin", "浙江")] }),
  administratorElsewhere: someone(undefined, { grants: [grant("region_admin", "丽水")] }),
  researcher: someone(undefined, { grants: [grant("teaching_researcher", "杭州")] }),
  operator: someone(undefined, { grants: [{ role: "system_operator", scopeType: "system", scopeId: "" }] }),
};

/** Every act: one that is new does not compile until it stands here, and so in what follows. */
const ACTS = Object.keys({ approve: 1, return: 1, edit: 1, setQuota: 1, "invite.subject_lead": 1, "invite.young_teacher": 1, "invite.studio_assistant": 1, "invite.guest_expert": 1, "invite.trainee": 1, withdrawInvitation: 1, apply: 1, seeApplications: 1, admit: 1, decline: 1, seeMembers: 1, seeQuiet: 1, changeRole: 1, handOver: 1, endSeat: 1, assignGroup: 1, makeGroup: 1, announce: 1, startPrep: 1 } satisfies Record<StudioAct, 1>) as StudioAct[];

test.each<[keyof typeof people, StudioAct[]]>([
  ["visitor", ["apply"]],
  ["trainee", ["seeMembers"]],
  ["young", ["seeMembers", "startPrep"]],
  ["lead", ["seeApplications", "admit", "decline", "seeMembers", "startPrep"]],
  ["leadWithoutGroup", ["seeMembers", "startPrep"]],
  ["master", ["edit", "invite.subject_lead", "invite.young_teacher", "invite.studio_assistant", "invite.guest_expert", "invite.trainee", "withdrawInvitation", "seeApplications", "admit", "decline", "seeMembers", "seeQuiet", "changeRole", "handOver", "endSeat", "assignGroup", "makeGroup", "announce", "startPrep"]],
  ["assistant", ["edit", "invite.guest_expert", "invite.trainee", "withdrawInvitation", "seeApplications", "admit", "decline", "seeMembers", "seeQuiet", "assignGroup", "makeGroup", "announce", "startPrep"]],
  ["expert", ["seeMembers"]],
  ["masterElsewhere", ["apply"]],
  ["administrator", ["setQuota", "apply", "seeMembers", "handOver"]],
  ["administratorElsewhere", ["apply"]],
  ["researcher", ["apply", "seeMembers"]],
  ["operator", ["apply"]],
])("%s in a studio at work", (who, expected) => {
  expect(ACTS.filter((act) => canOnStudio(people[who], act, studio))).toEqual(expected);
});

test.each<[keyof typeof people, StudioAct[]]>([
  ["visitor", []],
  ["administrator", ["approve", "return", "edit"]],
  ["administratorElsewhere", []],
  ["researcher", []],
  ["operator", []],
])("%s on somebody's draft", (who, expected) => {
  expect(ACTS.filter((act) => canOnStudio(people[who], act, { ...studio, status: "draft" }))).toEqual(expected);
});

test("the author mends a draft, and a closed studio is only read", () => {
  expect(canOnStudio(someone(undefined, { id: "起草人" }), "edit", { ...studio, status: "draft" })).toBe(true);
  expect(ACTS.filter((act) => canOnStudio(people.master, act, { ...studio, status: "closed" }))).toEqual(["seeMembers"]);
  expect(ACTS.filter((act) => canOnStudio(people.visitor, act, { ...studio, recruitPolicy: "invite" }))).toEqual([]);
});

test.each<[string, Viewer, boolean]>([
  ["a confirmed teacher without a seat", someone(), true],
  ["a teacher whom nobody has confirmed", someone(undefined, { verified: false }), false],
  ["a trainee", people.trainee, false],
  ["a young teacher", people.young, false],
  ["a lead", people.lead, true],
  ["a master", people.master, true],
  ["the region's administrator", someone(undefined, { verified: false, grants: [grant("region_admin", "杭州")] }), true],
])("%s drafts a studio: %s", (_, who, may) => {
  expect(canDraftStudio(who, studio.regionPath)).toBe(may);
});

test("a lead admits into the own group alone", () => {
  const into = (who: Viewer) => [null, "数与代数组", "图形与几何组"].map((group) => mayAdmitInto(who, studio, group));
  expect(into(people.lead)).toEqual([false, true, false]);
  expect(into(people.master)).toEqual([true, true, true]);
  expect(into(people.trainee)).toEqual([false, false, false]);
});

test.each<[string, Viewer, { role: SeatRole; personId?: string; groupId?: string }, string[]]>([
  ["the master on a lead's seat", people.master, { role: "subject_lead" }, ["end", "changeRole", "assignGroup"]],
  ["the master on the own seat", people.master, { role: "master", personId: "某人" }, ["makeHome"]],
  ["a trainee on the own seat", people.trainee, { role: "trainee", personId: "某人" }, ["end", "makeHome"]],
  ["a trainee on another's seat", people.trainee, { role: "trainee" }, []],
  ["the assistant on a trainee's seat", people.assistant, { role: "trainee" }, ["end", "assignGroup"]],
  ["the assistant on a lead's seat", people.assistant, { role: "subject_lead" }, []],
  ["a lead on a trainee of the own group", people.lead, { role: "trainee", groupId: "数与代数组" }, ["end"]],
  ["a lead on a trainee of another group", people.lead, { role: "trainee", groupId: "图形与几何组" }, []],
])("%s", (_, who, seat, expected) => {
  const row = { personId: seat.personId ?? "别人", role: seat.role, groupId: seat.groupId ?? null };
  expect((["end", "changeRole", "assignGroup", "makeHome"] as const).filter((act) => canOnSeat(who, act, studio, row))).toEqual(expected);
});
