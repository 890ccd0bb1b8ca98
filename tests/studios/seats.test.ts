import type { LoaderFunctionArgs } from "@remix-run/node";
import { and, eq, isNull } from "drizzle-orm";
import { expect, test } from "vitest";
import { loader as invitationPage } from "#app/routes/studios.$studioId.invitations.new/route.tsx";
import { acceptInvitation, declineInvitation, withdrawInvitation } from "#app/studios/answer-invitation.server.ts";
import { invitationSeenBy, invitationToAnswer, invitationToWithdraw, seatFor, studioFor } from "#app/studios/access.server.ts";
import { changeRole, handOver } from "#app/studios/change-role.server.ts";
import { endSeat } from "#app/studios/end-seat.server.ts";
import { assignGroup } from "#app/studios/groups.server.ts";
import { invite } from "#app/studios/invite.server.ts";
import type { InvitedRole } from "#app/studios/policy.ts";
import { seatHistory } from "#app/studios/seat-history.server.ts";
import { INVITATION_MS } from "#db/invitations.ts";
import { listWaitingJobs } from "#db/jobs.ts";
import { findMasterSeat, findOpenSeat, listMembers, listSeatHistory } from "#db/seats.ts";
import { auditLog, notifications, seats, studioGroups, studios } from "#db/schema/index.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import { aDatabase } from "#tests/database.ts";
import { aMember, asViewer, aStudio, aTeacher, EVENING, type StudioSetting } from "#tests/factories.ts";

const later = (days: number) => new Date(EVENING.getTime() + days * 86_400_000);

async function offer(db: Db, studio: StudioSetting, person: Viewer, role: InvitedRole = "subject_lead", groupId: string | null = null) {
  const master = await asViewer(db, studio.master);
  return invite(db, master, await studioFor(db, master, `invite.${role}`, studio.id), role, { personId: person.id, groupId, message: "" }, EVENING);
}

async function offered(db: Db, studio: StudioSetting, person: Viewer, role: InvitedRole = "subject_lead", groupId: string | null = null): Promise<string> {
  const made = await offer(db, studio, person, role, groupId);
  if (!("id" in made)) throw new Error(made.refused);
  return made.id;
}

const accept = async (db: Db, person: Viewer, id: string, at = EVENING) => acceptInvitation(db, person, await invitationToAnswer(db, person, id, at), at);
const noticesOf = async (db: Db, person: Viewer) => (await db.select({ kind: notifications.kind }).from(notifications).where(eq(notifications.personId, person.id))).map((one) => one.kind);

test("who is found and sits in the studio already is shown so, with the seat", async () => {
  const db = await aDatabase();
  const studio = await aStudio(db);
  const outside = await aTeacher(db, { name: "叶海棠" });
  const inside = await aMember(db, studio, "trainee", { name: "叶晓枫" });
  const master = await asViewer(db, studio.master);
  const request = new Request(`http://localhost:3000/studios/${studio.id}/invitations/new?name=${encodeURIComponent("叶")}`);
  const page = await invitationPage({ request, params: { studioId: studio.id }, context: { db, viewer: async () => master } } as unknown as LoaderFunctionArgs); // only what this route asks for
  expect(new Map(page.people.map((one) => [one.id, one.seat]))).toEqual(new Map([[outside.id, null], [inside.id, { id: inside.seats[0]?.id, role: "trainee" }]]));
});

test("the tenth chair is taken, the eleventh is refused while inviting, and nothing is left half-done", async () => {
  const db = await aDatabase();
  const studio = await aStudio(db);
  for (let i = 0; i < 9; i += 1) await aMember(db, studio, "subject_lead");
  const tenth = await aTeacher(db, { name: "许闻笛" });
  expect(await accept(db, tenth, await offered(db, studio, tenth, "subject_lead", studio.groupId))).toBe("accepted");
  expect(await findOpenSeat(db, studio.id, tenth.id)).toMatchObject({ role: "subject_lead", groupId: studio.groupId, isHome: true, givenBy: studio.master.id });
  expect(await noticesOf(db, studio.master)).toEqual(["invitationAccepted"]);

  const eleventh = await aTeacher(db, { name: "蓝小满" });
  expect(await offer(db, studio, eleventh)).toEqual({ refused: "full" });
  expect(await noticesOf(db, eleventh)).toEqual([]);
  expect(await offer(db, studio, eleventh, "young_teacher")).toHaveProperty("id");
});

test("two accept the last chair at once: one gets it, the other hears so and keeps the invitation", async () => {
  const db = await aDatabase();
  const studio = await aStudio(db, { quota: { subjectLead: 1, youngTeacher: 20, trainee: null } });
  const [one, other] = [await aTeacher(db, { name: "何立夏" }), await aTeacher(db, { name: "吴海平" })];
  const [first, second] = [await offered(db, studio, one), await offered(db, studio, other)];
  const answers = await Promise.all([accept(db, one, first), accept(db, other, second)]);
  expect([...answers].sort()).toEqual(["accepted", "full"]);
  const leads = await db.select().from(seats).where(and(eq(seats.studioId, studio.id), eq(seats.role, "subject_lead"), isNull(seats.to)));
  expect(leads).toHaveLength(1);
  const loser = answers[0] === "full" ? one : other;
  expect((await invitationSeenBy(db, loser, answers[0] === "full" ? first : second, EVENING)).invitation.state).toBe("open");
  expect((await noticesOf(db, studio.master)).sort()).toEqual(["invitationAccepted", "invitationNoSeat"]);
});

test("an invitation is for the person it names: forwarded, expired, withdrawn or answered it opens nothing", async () => {
  const db = await aDatabase();
  const studio = await aStudio(db);
  const named = await aTeacher(db, { name: "郑若川" });
  const id = await offered(db, studio, named, "young_teacher");
  expect((await invitationSeenBy(db, named, id, EVENING)).as).toBe("named");
  const refused = async (who: Viewer) => (await invitationSeenBy(db, who, id, EVENING).catch((error: unknown) => error)) as Response; // what is thrown is a refusal
  expect((await refused(await aTeacher(db, { name: "沈知秋" }))).status).toBe(404);
  expect((await refused(await aMember(db, studio, "subject_lead"))).status).toBe(404);
  const masterAnswers = await invitationToAnswer(db, studio.master, id, EVENING).catch((error: unknown) => error as Response);
  expect((masterAnswers as Response).status).toBe(404);

  const tooLate = new Date(EVENING.getTime() + INVITATION_MS);
  expect((await invitationSeenBy(db, named, id, tooLate)).invitation.state).toBe("expired");
  expect(await accept(db, named, id, tooLate)).toBe("over");
  expect(await findOpenSeat(db, studio.id, named.id)).toBeUndefined();

  const master = await asViewer(db, studio.master);
  await withdrawInvitation(db, master, await invitationToWithdraw(db, master, id, EVENING), EVENING);
  expect(await accept(db, named, id)).toBe("over");
  const again = await offered(db, studio, named, "young_teacher");
  await declineInvitation(db, named, await invitationToAnswer(db, named, again, EVENING), EVENING);
  expect(await accept(db, named, again)).toBe("over");
  const third = await offered(db, studio, named, "young_teacher");
  expect(await offered(db, studio, named, "young_teacher")).toBe(third);
  expect(await accept(db, named, third)).toBe("accepted");
  expect(await accept(db, named, third)).toBe("accepted");
  expect(await listSeatHistory(db, studio.id, named.id)).toHaveLength(1);
});

test("another offer to somebody who has not answered the first is not taken for it", async () => {
  const db = await aDatabase();
  const studio = await aStudio(db, { quota: { subjectLead: 0, youngTeacher: 20, trainee: null } });
  const teacher = await aTeacher(db, { name: "林听舟" });
  const first = await offered(db, studio, teacher, "guest_expert");
  expect(await offer(db, studio, teacher, "guest_expert")).toEqual({ id: first });
  expect(await offer(db, studio, teacher, "subject_lead")).toEqual({ refused: "invited" });
  expect(await offer(db, studio, teacher, "guest_expert", studio.groupId)).toEqual({ refused: "invited" });
});

test("somebody whom no school confirmed, or of another province, cannot be invited", async () => {
  const db = await aDatabase();
  const studio = await aStudio(db);
  expect(await offer(db, studio, await aTeacher(db, { verified: false }))).toEqual({ refused: "unknown" });
  const confirmed = await aTeacher(db);
  const id = await offered(db, studio, confirmed);
  expect(await accept(db, { ...confirmed, verified: false }, id)).toBe("unverified");
});

test("a change of role ends one seat and begins another, with who, when and why; history and home stay", async () => {
  const db = await aDatabase();
  const studio = await aStudio(db);
  const trainee = await aMember(db, studio, "trainee", { name: "林雨桐" });
  const before = await findOpenSeat(db, studio.id, trainee.id);
  const seat = await seatFor(db, studio.master, "changeRole", studio.id, before?.id);
  const at = later(1);
  expect(await changeRole(db, studio.master, seat, { role: "young_teacher", groupId: studio.groupId, reason: "三次研修都上了课" }, at)).toBe("changed");
  expect(await changeRole(db, studio.master, seat, { role: "young_teacher", groupId: studio.groupId, reason: "三次研修都上了课" }, at)).toBe("changed");
  const [now, then, ...more] = await listSeatHistory(db, studio.id, trainee.id);
  expect(more).toEqual([]);
  expect(then).toMatchObject({ role: "trainee", to: at, endedBy: studio.master.id, endReason: "三次研修都上了课" });
  expect(now).toMatchObject({ role: "young_teacher", groupId: studio.groupId, from: at, to: null, givenBy: studio.master.id, isHome: true });
  expect(await noticesOf(db, trainee)).toEqual(["roleChanged"]);
  expect((await db.select({ act: auditLog.act }).from(auditLog).where(eq(auditLog.onBehalfOf, trainee.id))).map((one) => one.act).sort()).toEqual(["seat.ended", "seat.given"]);
  expect(await listWaitingJobs(db)).toEqual(expect.arrayContaining([expect.objectContaining({ kind: "access.changed", payload: { personIds: [trainee.id], studioId: studio.id } }), expect.objectContaining({ kind: "studio.figures" })]));
});

test("a studio at work has one master: the seat passes to a successor in one act, and never just ends", async () => {
  const db = await aDatabase();
  const studio = await aStudio(db, { quota: { subjectLead: 1, youngTeacher: 20, trainee: null } });
  const lead = await aMember(db, studio, "subject_lead", { name: "陈静好" });
  const master = await findMasterSeat(db, studio.id);
  const ending = await seatFor(db, studio.master, "end", studio.id, master?.id).catch((error: unknown) => error as Response);
  expect((ending as Response).status).toBe(403);
  await expect(db.insert(seats).values({ studioId: studio.id, personId: (await aTeacher(db)).id, role: "master", from: EVENING })).rejects.toThrow();

  const handing = await studioFor(db, studio.master, "handOver", studio.id);
  expect(await handOver(db, studio.master, handing, lead.id, "subject_lead", "到龄", later(1))).toBe("handedOver");
  const open = await db.select().from(seats).where(and(eq(seats.studioId, studio.id), eq(seats.role, "master"), isNull(seats.to)));
  expect(open.map((seat) => seat.personId)).toEqual([lead.id]);
  expect(await findOpenSeat(db, studio.id, studio.master.id)).toMatchObject({ role: "subject_lead" });
  expect(await db.select({ masterId: studios.masterId }).from(studios)).toEqual([{ masterId: lead.id }]);
});

test("a master who would stay as the lead too many keeps the seat, and so does everybody else", async () => {
  const db = await aDatabase();
  const studio = await aStudio(db, { quota: { subjectLead: 1, youngTeacher: 20, trainee: null } });
  await aMember(db, studio, "subject_lead");
  const young = await aMember(db, studio, "young_teacher");
  expect(await handOver(db, studio.master, await studioFor(db, studio.master, "handOver", studio.id), young.id, "subject_lead", "", later(1))).toBe("full");
  expect((await findMasterSeat(db, studio.id))?.personId).toBe(studio.master.id);
  expect(await findOpenSeat(db, studio.id, young.id)).toMatchObject({ role: "young_teacher" });
});

test("a home that ends passes to the oldest seat that is left", async () => {
  const db = await aDatabase();
  const [studio, other] = [await aStudio(db), await aStudio(db, { name: "另一个工作室", master: await aTeacher(db, { name: "顾长风" }) })];
  const person = await aTeacher(db, { name: "俞南星" });
  await accept(db, person, await offered(db, studio, person, "young_teacher"));
  await accept(db, person, await offered(db, other, person, "guest_expert"));
  expect(await findOpenSeat(db, other.id, person.id)).toMatchObject({ isHome: false });
  const seated = await asViewer(db, person);
  await endSeat(db, seated, await seatFor(db, seated, "end", studio.id, seated.seats.find((seat) => seat.studioId === studio.id)?.id), "");
  expect(await findOpenSeat(db, studio.id, person.id)).toBeUndefined();
  expect(await findOpenSeat(db, other.id, person.id)).toMatchObject({ isHome: true });
  expect(await noticesOf(db, studio.master)).toContain("memberLeft");
});

test("a group takes as many as it has places", async () => {
  const db = await aDatabase();
  const studio = await aStudio(db);
  await db.update(studioGroups).set({ capacity: 1 }).where(eq(studioGroups.id, studio.groupId));
  const [one, other] = [await aMember(db, studio, "trainee"), await aMember(db, studio, "trainee")];
  const into = async (person: Viewer, groupId: string | null) => assignGroup(db, studio.master, await seatFor(db, studio.master, "assignGroup", studio.id, person.seats[0]?.id), groupId);
  expect(await into(one, studio.groupId)).toBe("assigned");
  expect(await into(other, studio.groupId)).toBe("groupFull");
  expect(await into(one, null)).toBe("assigned");
  expect(await into(other, studio.groupId)).toBe("assigned");
});

test("who was what, given and ended by whom, when and why: for the person and those who see to the studio, and for nobody else", async () => {
  const db = await aDatabase();
  const studio = await aStudio(db);
  const trainee = await aMember(db, studio, "trainee", { name: "林雨桐" });
  const colleague = await aMember(db, studio, "young_teacher", { name: "何立夏" });
  const before = await findOpenSeat(db, studio.id, trainee.id);
  await changeRole(db, studio.master, await seatFor(db, studio.master, "changeRole", studio.id, before?.id), { role: "young_teacher", groupId: studio.groupId, reason: "三次研修都上了课" }, later(1));
  const now = await findOpenSeat(db, studio.id, trainee.id);
  for (const who of [studio.master, await asViewer(db, trainee)]) {
    expect(await seatHistory(db, await seatFor(db, who, "seeHistory", studio.id, now?.id))).toEqual([
      { id: now?.id, role: "young_teacher", group: "数与代数组", from: later(1), givenBy: "周文澜", end: null },
      { id: before?.id, role: "trainee", group: null, from: EVENING, givenBy: null, end: { at: later(1), by: "周文澜", reason: "三次研修都上了课" } },
    ]);
  }
  const refused = (await seatFor(db, colleague, "seeHistory", studio.id, now?.id).catch((error: unknown) => error)) as Response; // what is thrown is a refusal
  expect(refused.status).toBe(403);
});

test("members stand by role, the master first and trainees last, and page by page none is lost or shown twice", async () => {
  const db = await aDatabase();
  const studio = await aStudio(db);
  for (const role of ["trainee", "guest_expert", "trainee", "subject_lead", "young_teacher", "studio_assistant", "subject_lead"] as const) await aMember(db, studio, role);
  const roles: string[] = [];
  for (let after: string | undefined; ; ) {
    const page = await listMembers(db, studio.id, {}, { after, limit: 3 });
    roles.push(...page.map((one) => one.role));
    after = page.at(-1)?.id;
    if (page.length < 3) break;
  }
  expect(roles).toEqual(["master", "subject_lead", "subject_lead", "young_teacher", "studio_assistant", "guest_expert", "trainee", "trainee"]);
});
