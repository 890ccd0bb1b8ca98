import { expect, test } from "vitest";
import { canCreateSeminar, canOnSeminar, doorOf, SEMINAR_ACTS, type SeminarAct, type SeminarFacts } from "#app/seminars/policy.ts";
import type { SeatRole } from "#db/schema/studios.ts";
import type { GovernanceRole, Viewer } from "#db/viewer.ts";

const startsAt = new Date("2026-11-23T11:30:00Z");
const studioId = "工作室";
const region = "杭州";

function someone(given: Partial<Viewer> = {}): Viewer {
  return { id: "某人", name: "林雨桐", locale: "zh-CN", theme: "system", schoolId: null, regionId: null, stages: [], subjects: [], verified: true, seats: [], grants: [], ...given };
}
const seated = (role: SeatRole, groupId: string | null = null) => someone({ seats: [{ id: "席位", studioId, role, groupId }] });
const officer = (role: GovernanceRole, scopeType: "region" | "studio" = "region", scopeId = region) => someone({ grants: [{ role, scopeType, scopeId }] });

function seminar(given: Partial<SeminarFacts> = {}): SeminarFacts {
  return { hostId: "主持人", studioId, groupId: "数与代数组", state: "live", lobby: false, startsAt, endsAt: new Date(startsAt.getTime() + 5_400_000), mine: { role: null, registration: "admitted", floor: false }, ...given };
}
const mine = (given: Partial<SeminarFacts["mine"]>) => ({ role: null, registration: "admitted" as const, floor: false, ...given });

test.each<[string, Viewer, boolean]>([
  ["master", seated("master"), true],
  ["subject lead", seated("subject_lead"), true],
  ["young teacher", seated("young_teacher"), true],
  ["studio assistant", seated("studio_assistant"), true],
  ["trainee", seated("trainee"), false],
  ["guest expert", seated("guest_expert"), false],
  ["teacher without a seat", someone(), false],
  ["region administrator of the place", officer("region_admin"), true],
  ["region administrator of another place", officer("region_admin", "region", "丽水"), false],
  ["school coordinator whom the studio named", officer("school_coordinator", "studio", studioId), true],
  ["system operator", someone({ grants: [{ role: "system_operator", scopeType: "system", scopeId: "" }] }), false],
])("%s calls a seminar in the studio: %s", (_who, viewer, expected) => {
  expect(canCreateSeminar(viewer, { id: studioId, regionPath: ["浙江", region] })).toBe(expected);
});

const HOST: SeminarAct[] = ["admit", "remove", "mute", "give_floor", "move_agenda", "remove_message", "end"];
const TALK: SeminarAct[] = ["enter", "read_chat", "say", "raise_hand"];
const STAGE: SeminarAct[] = ["speak", "share_screen"];

// Rows are people in a running seminar, the words are everything that they may do there.
test.each<[string, Viewer, SeminarFacts, SeminarAct[]]>([
  ["the host", someone({ id: "主持人" }), seminar({ mine: mine({ role: "host" }) }), [...TALK, ...STAGE, ...HOST]],
  ["a cohost", someone(), seminar({ mine: mine({ role: "cohost" }) }), [...TALK, ...STAGE, ...HOST]],
  ["a cohost who was removed", someone(), seminar({ mine: mine({ role: "cohost", registration: "removed" }) }), []],
  ["the master, not hosting", seated("master"), seminar(), [...TALK, ...STAGE]],
  ["a young teacher", seated("young_teacher"), seminar(), [...TALK, ...STAGE]],
  ["a guest expert of the studio", seated("guest_expert"), seminar(), [...TALK, ...STAGE]],
  ["a trainee", seated("trainee"), seminar(), TALK],
  ["a trainee with the floor", seated("trainee"), seminar({ mine: mine({ floor: true }) }), [...TALK, "speak"]],
  ["a speaker from elsewhere", someone(), seminar({ mine: mine({ role: "speaker" }) }), [...TALK, ...STAGE]],
  ["somebody from elsewhere", someone(), seminar(), TALK],
  ["a region administrator", officer("region_admin"), seminar(), TALK],
  ["somebody in the lobby", seated("trainee"), seminar({ mine: mine({ registration: "waiting" }) }), ["enter"]],
  ["a young teacher not yet come", seated("young_teacher"), seminar({ mine: mine({ registration: null }) }), ["enter"]],
  ["a young teacher who was removed", seated("young_teacher"), seminar({ mine: mine({ registration: "removed", floor: true }) }), []],
])("in a running seminar %s", (_who, viewer, facts, allowed) => {
  expect(SEMINAR_ACTS.filter((act) => canOnSeminar(viewer, act, facts)).sort()).toEqual([...allowed].sort());
});

test.each<[string, Viewer, SeminarFacts, SeminarAct[]]>([
  ["the host", someone({ id: "主持人" }), seminar({ state: "scheduled", mine: mine({ role: "host" }) }), ["edit", "cancel", "register", "start", ...TALK, ...STAGE, ...HOST.filter((act) => act !== "end")]],
  ["the master", seated("master"), seminar({ state: "scheduled", mine: mine({ registration: null }) }), ["edit", "cancel", "register", "enter"]],
  ["the head of the group", seated("subject_lead", "数与代数组"), seminar({ state: "scheduled", mine: mine({ registration: null }) }), ["edit", "cancel", "register", "enter"]],
  ["the head of another group", seated("subject_lead", "图形与几何组"), seminar({ state: "scheduled", mine: mine({ registration: null }) }), ["register", "enter"]],
])("before a seminar %s", (_who, viewer, facts, allowed) => {
  expect(SEMINAR_ACTS.filter((act) => canOnSeminar(viewer, act, facts)).sort()).toEqual([...allowed].sort());
});

test.each<[string, Viewer, SeminarFacts, SeminarAct[]]>([
  ["the host", someone({ id: "主持人" }), seminar({ state: "reported", mine: mine({ role: "host" }) }), ["read_chat", "read_report"]],
  ["somebody who was there", seated("trainee"), seminar({ state: "reported" }), ["read_chat"]],
  ["somebody who was not", seated("trainee"), seminar({ state: "reported", mine: mine({ registration: null }) }), []],
  ["the host of a cancelled one", someone({ id: "主持人" }), seminar({ state: "cancelled", mine: mine({ role: "host" }) }), []],
])("after a seminar %s", (_who, viewer, facts, allowed) => {
  expect(SEMINAR_ACTS.filter((act) => canOnSeminar(viewer, act, facts)).sort()).toEqual([...allowed].sort());
});

const early = new Date(startsAt.getTime() - 3_600_000);
const soon = new Date(startsAt.getTime() - 600_000);
test.each<[string, SeminarFacts, Date, string]>([
  ["an hour before", seminar({ state: "scheduled", mine: mine({ registration: null }) }), early, "not_yet"],
  ["ten minutes before", seminar({ state: "scheduled", mine: mine({ registration: null }) }), soon, "open"],
  ["an hour before, for a cohost", seminar({ state: "scheduled", mine: mine({ role: "cohost" }) }), early, "open"],
  ["with a lobby", seminar({ lobby: true, mine: mine({ registration: null }) }), startsAt, "lobby"],
  ["with a lobby, let in", seminar({ lobby: true }), startsAt, "open"],
  ["with a lobby, for a speaker", seminar({ lobby: true, mine: mine({ role: "speaker", registration: null }) }), startsAt, "open"],
  ["once removed", seminar({ lobby: true, mine: mine({ registration: "removed" }) }), startsAt, "removed"],
  ["after the end", seminar({ state: "ended" }), startsAt, "over"],
  ["when it was cancelled", seminar({ state: "cancelled" }), startsAt, "cancelled"],
])("the door %s is: %s", (_when, facts, at, expected) => {
  const answer = doorOf(someone(), facts, at);
  expect(answer.door === "shut" ? answer.reason : answer.door).toBe(expected);
});
