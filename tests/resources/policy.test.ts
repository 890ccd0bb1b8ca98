import { expect, test } from "vitest";
import { canOnResource, mayCarryOff, type ResourceAct, type ResourceForRules } from "#app/resources/policy.ts";
import type { Viewer } from "#db/viewer.ts";
import { stranger } from "#tests/people.ts";

const STUDIO = "studio";
const person = (id: string, given: Partial<Viewer> = {}): Viewer => ({ ...stranger(id), ...given });
const seat = (role: Viewer["seats"][number]["role"], studioId = STUDIO, groupId: string | null = null) => [{ id: `${role}-${studioId}`, studioId, role, groupId, isHome: false }] as unknown as Viewer["seats"];
const grant = (role: Viewer["grants"][number]["role"], scopeType: "system" | "region" | "studio", scopeId = "") => [{ id: role, role, scopeType, scopeId }] as unknown as Viewer["grants"];

const people = {
  author: person("author", { seats: seat("young_teacher") }),
  "who submitted it for the author": person("submitter", { seats: seat("subject_lead", STUDIO, "group") }),
  master: person("master", { seats: seat("master") }),
  "head of the group": person("head", { seats: seat("subject_lead", STUDIO, "group") }),
  "head of another group": person("other head", { seats: seat("subject_lead", STUDIO, "another") }),
  trainee: person("trainee", { seats: seat("trainee") }),
  "master of another studio": person("other master", { seats: seat("master", "another") }),
  moderator: person("moderator", { grants: grant("moderator", "system") }),
  researcher: person("researcher", { grants: grant("teaching_researcher", "region", "city") }),
  "system operator": person("operator", { grants: grant("system_operator", "system") }),
  "teacher without a seat": person("nobody"),
};
type Who = keyof typeof people;

const resource = (given: Partial<ResourceForRules> = {}): ResourceForRules => ({ ownerId: "author", createdBy: "submitter", studioId: STUDIO, groupId: "group", state: "published", licence: "cc_by", regionPath: ["county", "city"], ...given });
const allowed = (act: ResourceAct, given: Partial<ResourceForRules> = {}) => (Object.keys(people) as Who[]).filter((who) => canOnResource(people[who], act, resource(given)));
const EVERYBODY = Object.keys(people) as Who[];
const MEMBERS: Who[] = ["author", "who submitted it for the author", "master", "head of the group", "head of another group", "trainee"];

test("who decides: the head of the group and the master, not on their own work nor on what they submitted", () => {
  expect(allowed("decide", { state: "submitted" })).toEqual(["master", "head of the group"]);
  expect(allowed("decide", { state: "submitted", ownerId: "head", createdBy: "head" })).toEqual(["who submitted it for the author", "master"]);
  expect(allowed("decide", { state: "submitted", studioId: null, groupId: null })).toEqual(["researcher"]);
  for (const state of ["published", "returned", "withdrawn", "taken_down"] as const) expect(allowed("decide", { state })).toEqual([]);
});

test("who withdraws, and offers again: the author", () => {
  for (const state of ["published", "submitted"] as const) expect(allowed("withdraw", { state })).toEqual(["author"]);
  for (const state of ["returned", "taken_down", "withdrawn"] as const) expect(allowed("withdraw", { state })).toEqual([]);
  for (const state of ["returned", "withdrawn"] as const) expect(allowed("offerAgain", { state })).toEqual(["author"]);
  expect(allowed("offerAgain", { state: "taken_down" })).toEqual([]);
});

test("who reports: anybody but the author, what is published", () => {
  expect(allowed("report")).toEqual(EVERYBODY.filter((who) => who !== "author"));
  expect(allowed("report", { state: "submitted" })).toEqual([]);
});

test("who moderates: moderators", () => {
  expect(allowed("moderate")).toEqual(["moderator"]);
});

test("who carries a publication off: whom the licence allows, and what may only be read its author, her studio and those who judge it", () => {
  const carry = (given: Partial<ResourceForRules>) => [...EVERYBODY.filter((who) => mayCarryOff(people[who], resource(given))), ...(mayCarryOff(null, resource(given)) ? ["a visitor"] : [])];
  expect(carry({ licence: "cc_by" })).toEqual([...EVERYBODY, "a visitor"]);
  expect(carry({ licence: "all_rights" })).toEqual([...MEMBERS, "moderator"]);
  expect(carry({ licence: "all_rights", studioId: null, groupId: null })).toEqual(["author", "moderator"]);
  expect(carry({ licence: "all_rights", state: "submitted", studioId: null, groupId: null })).toEqual(["author", "moderator", "researcher"]);
});

test("who takes a copy: whom the licence allows", () => {
  for (const licence of ["cc_by", "cc_by_nc", "cc_by_sa", "cc_by_nc_sa", "province_edu"] as const) expect(allowed("use", { licence })).toEqual(EVERYBODY);
  expect(allowed("use", { licence: "studio_only" })).toEqual(MEMBERS);
  expect(allowed("use", { licence: "all_rights" })).toEqual([]);
  expect(allowed("use", { state: "withdrawn" })).toEqual([]);
});
