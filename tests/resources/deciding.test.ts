import { expect, test } from "vitest";
import { canOnResource, type ResourceAct, type ResourceForRules } from "#app/resources/policy.ts";
import { countSubmissionsFor, listSubmissionsFor } from "#db/resources.ts";
import { resources } from "#db/schema/index.ts";
import type { Viewer } from "#db/viewer.ts";
import { newId } from "#db/ids.ts";
import { aDatabase } from "#tests/database.ts";
import { aGrant, aMember, aStudio, aTeacher } from "#tests/factories.ts";
import { aFinalisedPrep } from "#tests/preps/setting.ts";

const ACTS = ["decide", "withdraw", "report", "moderate", "use"] as const satisfies readonly ResourceAct[];

async function people() {
  const db = await aDatabase();
  const studio = await aStudio(db);
  const other = await aStudio(db, { name: "他处工作室", master: await aTeacher(db, { name: "许知远" }) });
  const who = {
    owner: await aMember(db, studio, "young_teacher"),
    master: studio.master,
    head: await aMember(db, studio, "subject_lead", { groupId: studio.groupId }),
    otherHead: await aMember(db, studio, "subject_lead", { groupId: studio.otherGroupId }),
    member: await aMember(db, studio, "young_teacher"),
    trainee: await aMember(db, studio, "trainee"),
    otherMaster: other.master,
    moderator: await aGrant(db, await aTeacher(db), "moderator", "system"),
    stranger: await aTeacher(db),
  };
  return { studio, who };
}

function may(viewer: Viewer, resource: ResourceForRules): string {
  return ACTS.filter((act) => canOnResource(viewer, act, resource)).join(" ");
}

test("who may do what to a publication, by its state and licence", async () => {
  const { studio, who } = await people();
  const one = (given: Partial<ResourceForRules>): ResourceForRules => ({ ownerId: who.owner.id, createdBy: who.owner.id, studioId: studio.id, groupId: studio.groupId, state: "published", licence: "cc_by", regionPath: [], ...given });
  const submitted = one({ state: "submitted" });
  const byHead = one({ state: "submitted", createdBy: who.head.id });
  const inside = one({ licence: "studio_only" });
  const reserved = one({ licence: "all_rights" });
  //                                                                       submitted   by the head   published        studio only      all rights reserved
  const table: [keyof typeof who, string, string, string, string, string][] = [
    ["owner",       "withdraw", "withdraw", "withdraw use",         "withdraw use",         "withdraw"],
    ["master",      "decide",   "decide",   "report use",           "report use",           "report"],
    ["head",        "decide",   "",         "report use",           "report use",           "report"],
    ["otherHead",   "",         "",         "report use",           "report use",           "report"],
    ["member",      "",         "",         "report use",           "report use",           "report"],
    ["trainee",     "",         "",         "report use",           "report use",           "report"],
    ["otherMaster", "",         "",         "report use",           "report",               "report"],
    ["moderator",   "moderate", "moderate", "report moderate use",  "report moderate",      "report moderate"],
    ["stranger",    "",         "",         "report use",           "report",               "report"],
  ];
  for (const [name, ...expected] of table) expect([name, ...[submitted, byHead, one({}), inside, reserved].map((resource) => may(who[name], resource))]).toEqual([name, ...expected]);
});

test("what somebody offered for another waits for somebody else", async () => {
  const { db, lead, head, master, studio, lessonId, planId } = await aFinalisedPrep();
  await db.insert(resources).values({ id: newId(), lessonId, planId, kind: "lesson_plan", title: "分数的意义", abstract: "", ownerId: lead.id, createdBy: master.id, studioId: studio.id, groupId: studio.groupId, licence: "cc_by", state: "submitted" });
  expect(await listSubmissionsFor(db, head)).toMatchObject([{ title: "分数的意义" }]);
  expect(await countSubmissionsFor(db, head)).toBe(1);
  expect(await listSubmissionsFor(db, master)).toEqual([]);
  expect(await countSubmissionsFor(db, master)).toBe(0);
});
