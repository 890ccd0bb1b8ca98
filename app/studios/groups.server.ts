import { audit } from "#db/audit.ts";
import { isDuplicate } from "#db/errors.ts";
import { enqueue } from "#db/jobs.ts";
import { notify } from "#db/notices.ts";
import { findOpenSeat, setGroup } from "#db/seats.ts";
import { findGroup, insertGroup, type StudioGroup, updateGroup } from "#db/studio-groups.ts";
import type { StudioSeen } from "#db/studios.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Permitted } from "../http/permitted.ts";
import type { SeatOfStudio } from "./access.server.ts";
import { placesLeft } from "./seat-changes.server.ts";

export type GroupFacts = Pick<StudioGroup, "name" | "kind" | "capacity">;

/** A studio gets another group. @returns its id, or that there is one of that name */
export async function makeGroup(db: Db, viewer: Viewer, studio: Permitted<"makeGroup", StudioSeen>, group: GroupFacts): Promise<{ id: string } | "twice"> {
  try {
    return await db.transaction(async (tx) => {
      const id = await insertGroup(tx, { ...group, studioId: studio.id, createdBy: viewer.id });
      await audit(tx, { personId: viewer.id, act: "group.made", object: { type: "group", id }, detail: { studioId: studio.id, name: group.name } });
      return { id };
    });
  } catch (error) {
    if (isDuplicate(error)) return "twice";
    throw error;
  }
}

/** `stale`: somebody saved since `version` was read. */
export async function changeGroup(db: Db, viewer: Viewer, studio: Permitted<"makeGroup", StudioSeen>, groupId: string, version: number, group: GroupFacts): Promise<"changed" | "stale" | "twice"> {
  try {
    return await db.transaction(async (tx) => {
      if (!(await updateGroup(tx, groupId, version, group))) return "stale";
      await audit(tx, { personId: viewer.id, act: "group.changed", object: { type: "group", id: groupId }, detail: { studioId: studio.id, ...group } });
      return "changed";
    });
  } catch (error) {
    if (isDuplicate(error)) return "twice";
    throw error;
  }
}

/** A member comes into a group of the studio, or into none. A lead in a group heads it. */
export function assignGroup(db: Db, viewer: Viewer, seat: Permitted<"assignGroup", SeatOfStudio>, groupId: string | null, at = new Date()): Promise<"assigned" | "groupFull"> {
  return db.transaction(async (tx) => {
    const now = await findOpenSeat(tx, seat.studio.id, seat.personId);
    if (!now || now.id !== seat.id || now.groupId === groupId) return "assigned";
    if ((await placesLeft(tx, seat.studio.id, groupId)) === 0) return "groupFull";
    await setGroup(tx, seat.id, groupId);
    await audit(tx, { personId: viewer.id, onBehalfOf: seat.personId, act: "seat.grouped", object: { type: "seat", id: seat.id }, detail: { before: now.groupId, after: groupId } }, at);
    const group = groupId ? await findGroup(tx, seat.studio.id, groupId) : undefined;
    if (group && seat.personId !== viewer.id) await notify(tx, [seat.personId], { kind: seat.role === "subject_lead" ? "headsGroup" : "inGroup", params: { studio: seat.studio.name, group: group.name }, href: `/studios/${seat.studio.id}`, key: `seat.group:${seat.id}:${group.id}` }, at);
    await enqueue(tx, "access.changed", { personIds: [seat.personId], studioId: seat.studio.id });
    return "assigned";
  });
}
