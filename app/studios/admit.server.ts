import { decideApplication, findFirstWaiting, listApplicationsOf, listDecidable } from "#db/applications.ts";
import { audit } from "#db/audit.ts";
import { onceMore } from "#db/errors.ts";
import { findIdentity } from "#db/identities.ts";
import { notify } from "#db/notices.ts";
import { findOpenSeat } from "#db/seats.ts";
import { findStudio, type Studio, type StudioSeen } from "#db/studios.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Permitted } from "../http/permitted.ts";
import { refuse } from "../http/refusals.ts";
import { mayAdmitInto } from "./policy.ts";
import { giveSeat, placesLeft, seatsChanged, seatsLeft } from "./seat-changes.server.ts";

/** As many as one act decides upon. */
export const AT_ONCE = 100;

export interface Admission {
  admitted: number;
  /** No seat of the quota was left: they are on the waiting list. */
  waitlisted: number;
  /** Not confirmed by their school yet: they stay in the queue. */
  unconfirmed: number;
  /** The group had no place left: they stay in the queue. */
  groupFull: number;
}

/** Admits those who applied, in the order in which they did, as far as seats and the group's places go. Twice is once. @throws the refusal `notAllowed` for a group that is not one's own */
export function admit(db: Db, viewer: Viewer, studio: Permitted<"admit", StudioSeen>, applicationIds: readonly string[], groupId: string | null, at = new Date()): Promise<Admission> {
  if (!mayAdmitInto(viewer, studio, groupId)) throw refuse("notAllowed");
  return onceMore(() => db.transaction(async (tx) => {
    const now = (await findStudio(tx, studio.id)) ?? studio;
    let [seats, places] = [(await seatsLeft(tx, now, "trainee")) ?? Number.POSITIVE_INFINITY, (await placesLeft(tx, studio.id, groupId)) ?? Number.POSITIVE_INFINITY];
    const told: Admission = { admitted: 0, waitlisted: 0, unconfirmed: 0, groupFull: 0 };
    const seated: string[] = [];
    for (const one of await listDecidable(tx, studio.id, applicationIds.slice(0, AT_ONCE))) {
      if (!one.verifiedAt || one.status !== "active") told.unconfirmed += 1;
      else if (seats <= 0) {
        await decideApplication(tx, one.id, { state: "waitlisted", by: viewer.id }, at);
        told.waitlisted += 1;
      } else if (places <= 0) told.groupFull += 1;
      else {
        if (await seatApplicant(tx, now, one, viewer.id, groupId, at)) [seats, places] = [seats - 1, places - 1];
        seated.push(one.personId);
        told.admitted += 1;
      }
    }
    if (seated.length > 0) await seatsChanged(tx, studio.id, seated);
    return told;
  }));
}

/** Those who applied are told no, with a reason where one is given. */
export function declineApplications(db: Db, viewer: Viewer, studio: Permitted<"decline", StudioSeen>, applicationIds: readonly string[], reason: string, at = new Date()): Promise<number> {
  return db.transaction(async (tx) => {
    let declined = 0;
    for (const one of await listDecidable(tx, studio.id, applicationIds.slice(0, AT_ONCE))) {
      if (!(await decideApplication(tx, one.id, { state: "declined", by: viewer.id, reason }, at))) continue;
      declined += 1;
      await audit(tx, { personId: viewer.id, onBehalfOf: one.personId, act: "application.declined", object: { type: "application", id: one.id } }, at);
      await notify(tx, [one.personId], { kind: reason ? "applicationDeclinedBecause" : "applicationDeclined", params: { studio: studio.name, reason: reason.slice(0, 80) }, href: `/studios/${studio.id}`, key: `application:${one.id}` }, at);
    }
    return declined;
  });
}

/** A seat became free: in a studio of open admission the first on the waiting list takes it. Called by whatever ends a trainee's seat. */
export async function admitFirstWaiting(tx: Db, studio: Studio, at: Date): Promise<void> {
  if (studio.recruitPolicy !== "open" || (await seatsLeft(tx, studio, "trainee")) === 0) return;
  const first = await findFirstWaiting(tx, studio.id);
  if (!first) return;
  await seatApplicant(tx, studio, first, null, null, at);
  await seatsChanged(tx, studio.id, [first.personId]);
}

/** A school has confirmed who somebody is: where admission is open, what she applied for is hers now. Handler of `person.confirmed`; twice is once. */
export function admitConfirmed(db: Db, personId: string, at = new Date()): Promise<void> {
  return db.transaction(async (tx) => {
    if (!(await findIdentity(tx, personId))?.verifiedAt) return;
    for (const application of await listApplicationsOf(tx, personId)) {
      const studio = await findStudio(tx, application.studioId);
      if (!studio || studio.status !== "active" || studio.recruitPolicy !== "open" || (await seatsLeft(tx, studio, "trainee")) === 0) continue;
      await seatApplicant(tx, studio, application, null, null, at);
      await seatsChanged(tx, studio.id, [personId]);
    }
  });
}

/** @returns whether a seat was given: not to somebody who has one by now */
async function seatApplicant(tx: Db, studio: Pick<Studio, "id" | "name">, application: { id: string; personId: string }, by: string | null, groupId: string | null, at: Date): Promise<boolean> {
  await decideApplication(tx, application.id, { state: "admitted", by }, at);
  if (await findOpenSeat(tx, studio.id, application.personId)) return false;
  await giveSeat(tx, { studioId: studio.id, personId: application.personId, role: "trainee", groupId, givenBy: by }, at);
  await notify(tx, [application.personId], { kind: "admitted", params: { studio: studio.name }, href: `/studios/${studio.id}`, key: `application:${application.id}` }, at);
  return true;
}
