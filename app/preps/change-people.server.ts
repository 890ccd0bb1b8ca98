import { and, eq, isNull } from "drizzle-orm";
import { audit } from "#db/audit.ts";
import { enqueue } from "#db/jobs.ts";
import { notify } from "#db/notices.ts";
import { listSeatHolders } from "#db/prep-people.ts";
import { findPrep, type Prep, type PrepPart } from "#db/preps.ts";
import { lessonPlans, prepChanges, prepParticipants } from "#db/schema/index.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Permitted } from "../http/permitted.ts";
import type { Problem } from "../http/problems.ts";
import { WRITING_ROLES } from "./policy.ts";
import { recordMove } from "./record-move.server.ts";
import { MOST_PARTICIPANTS } from "./start.server.ts";

/**
 * Puts another lead preparer in the place of one who is absent, with a reason. Who had accepted as co-preparer has accepted; others are asked.
 * The one replaced stays as co-preparer or leaves. Everybody who takes part is told.
 *
 * @returns what stands against it, or undefined when done (also when it was so already)
 */
export async function replaceLead(db: Db, guide: Viewer, asked: Permitted<"replaceLead", Prep>, wish: { leadId: string; stays: boolean; reason: string }, at = new Date()): Promise<Problem | undefined> {
  const [seated] = await listSeatHolders(db, asked.studioId, { personIds: [wish.leadId], roles: WRITING_ROLES });
  if (!seated) return { key: "preps:people.cannotLead" };
  return db.transaction(async (tx) => {
    const prep = await findPrep(tx, asked.id);
    const before = prep?.participants.find((one) => one.part === "lead_preparer");
    if (!prep || before?.personId === wish.leadId) return undefined;
    const known = prep.participants.find((one) => one.personId === wish.leadId);
    const accepted = known?.answer === "accepted" || wish.leadId === guide.id;
    if (before) await tx.update(prepParticipants).set(wish.stays ? { part: "co_preparer" } : { leftAt: at, part: "co_preparer" }).where(participant(prep.id, before.personId));
    await putParticipant(tx, prep.id, { personId: wish.leadId, part: "lead_preparer", answer: accepted ? "accepted" : "waiting" }, at);
    await tx.update(lessonPlans).set({ ownerId: wish.leadId }).where(eq(lessonPlans.id, prep.commonPlanId));
    await record(tx, prep, { kind: "lead_replaced", byId: guide.id, reason: wish.reason, detail: { from: before?.personId ?? null, to: wish.leadId } }, at);
    await tell(tx, prep, [...prep.participants.map((one) => one.personId), wish.leadId], guide.id, { kind: "prep.leadReplaced", params: { name: seated.name, reason: wish.reason } }, at);
    const now = await findPrep(tx, prep.id);
    if (accepted && now?.state === "planned") await recordMove(tx, now, { to: "individual_draft", byId: wish.leadId }, at);
    return undefined;
  });
}

/** Asks somebody of the studio to take part, with a reason. Somebody who had left or declined is asked again. */
export async function addParticipant(db: Db, guide: Viewer, asked: Permitted<"changeParticipants", Prep>, wish: { personId: string; part: Exclude<PrepPart, "lead_preparer">; reason: string }, at = new Date()): Promise<Problem | undefined> {
  const [seated] = await listSeatHolders(db, asked.studioId, { personIds: [wish.personId] });
  if (!seated) return { key: "preps:people.noSeat" };
  if (wish.part === "co_preparer" && !WRITING_ROLES.includes(seated.role)) return { key: "preps:people.cannotWrite" };
  return db.transaction(async (tx) => {
    const prep = await findPrep(tx, asked.id);
    const known = prep?.participants.find((one) => one.personId === wish.personId);
    if (!prep || known?.part === "lead_preparer" || (known?.part === wish.part && known.answer !== "declined")) return undefined;
    if (prep.participants.length >= MOST_PARTICIPANTS) return { key: "preps:people.tooMany", params: { max: MOST_PARTICIPANTS } };
    await putParticipant(tx, prep.id, { personId: wish.personId, part: wish.part, answer: "waiting" }, at);
    await record(tx, prep, { kind: "participant_added", byId: guide.id, reason: wish.reason, detail: { personId: wish.personId, part: wish.part } }, at);
    await notify(tx, [wish.personId], { kind: `prep.invited.${wish.part}`, params: { title: prep.title, by: guide.name }, href: `/lessons/${prep.lessonId}`, lessonId: prep.lessonId }, at);
    return undefined;
  });
}

/** Takes somebody out, with a reason that they are told. Their draft, if it was not revealed, stays their own. The lead preparer is replaced, not taken out. */
export async function removeParticipant(db: Db, guide: Viewer, asked: Permitted<"changeParticipants", Prep>, wish: { personId: string; reason: string }, at = new Date()): Promise<Problem | undefined> {
  return db.transaction(async (tx) => {
    const prep = await findPrep(tx, asked.id);
    const known = prep?.participants.find((one) => one.personId === wish.personId);
    if (!prep || !known) return undefined;
    if (known.part === "lead_preparer") return { key: "preps:people.replaceFirst" };
    await tx.update(prepParticipants).set({ leftAt: at, confirmedAt: null }).where(participant(prep.id, wish.personId));
    await record(tx, prep, { kind: "participant_removed", byId: guide.id, reason: wish.reason, detail: { personId: wish.personId } }, at);
    await tell(tx, prep, [wish.personId], guide.id, { kind: "prep.removed", params: { reason: wish.reason } }, at);
    return undefined;
  });
}

async function putParticipant(tx: Db, prepId: string, one: { personId: string; part: PrepPart; answer: "accepted" | "waiting" }, at: Date): Promise<void> {
  const respondedAt = one.answer === "accepted" ? at : null;
  await tx
    .insert(prepParticipants)
    .values({ prepId, ...one, invitedAt: at, respondedAt })
    .onConflictDoUpdate({ target: [prepParticipants.prepId, prepParticipants.personId], set: { part: one.part, answer: one.answer, invitedAt: at, respondedAt, leftAt: null, confirmedAt: null } });
}

async function record(tx: Db, prep: Prep, change: { kind: "lead_replaced" | "participant_added" | "participant_removed"; byId: string; reason: string; detail: Record<string, unknown> }, at: Date): Promise<void> {
  await tx.insert(prepChanges).values({ prepId: prep.id, ...change, at });
  await audit(tx, { personId: change.byId, act: `prep.${change.kind}`, object: { type: "prep", id: prep.id }, detail: change.detail }, at);
  await enqueue(tx, "access.changed", { prepId: prep.id, docId: prep.commonDocId });
}

function tell(tx: Db, prep: Prep, people: readonly string[], except: string, notice: { kind: string; params: Record<string, string> }, at: Date): Promise<void> {
  return notify(tx, people.filter((id) => id !== except), { kind: notice.kind, params: { title: prep.title, ...notice.params }, href: `/lessons/${prep.lessonId}`, lessonId: prep.lessonId, within: prep.studioId }, at);
}

function participant(prepId: string, personId: string) {
  return and(eq(prepParticipants.prepId, prepId), eq(prepParticipants.personId, personId), isNull(prepParticipants.leftAt));
}
