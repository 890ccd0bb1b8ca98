import { findVisibleSeminar, type SeminarSeen } from "#db/seminars.ts";
import { isId } from "#db/ids.ts";
import type { Db } from "#db/types.ts";
import { findViewer, type Viewer } from "#db/viewer.ts";
import { type Permitted, permitted } from "../http/permitted.ts";
import { refuse } from "../http/refusals.ts";
import type { LiveGrants } from "./live-rooms.ts";
import { canOnSeminar, doorOf, grantsFor, type SeminarAct } from "./policy.ts";

/** The seminar, for a viewer who may know of it. */
export async function seminarSeenBy(db: Db, viewer: Viewer, seminarId: string): Promise<SeminarSeen> {
  const seminar = isId(seminarId) ? await findVisibleSeminar(db, viewer, seminarId) : undefined;
  if (!seminar) throw refuse("notThere");
  return seminar;
}

/** The seminar, for a viewer who may do this to it. */
export async function seminarFor<Act extends SeminarAct>(db: Db, viewer: Viewer, act: Act, seminarId: string): Promise<Permitted<Act, SeminarSeen>> {
  const seminar = await seminarSeenBy(db, viewer, seminarId);
  if (!canOnSeminar(viewer, act, seminar)) throw refuse("notAllowed");
  return permitted<Act, SeminarSeen>(seminar);
}

/** How far somebody may go into a seminar now. */
export type Entry = { in: true; seminar: SeminarSeen; grants: LiveGrants } | { in: false; waiting: boolean; seminar: SeminarSeen | null };

/**
 * Whether somebody may be inside a seminar now, asked by every handshake and again whenever access changes: they may know of it, its door is
 * open to them, and they were let in (which `enterSeminar` does when they come).
 */
export async function mayEnter(db: Db, viewer: Viewer, seminarId: string, at = new Date()): Promise<Entry> {
  const seminar = isId(seminarId) ? await findVisibleSeminar(db, viewer, seminarId) : undefined;
  if (!seminar) return { in: false, waiting: false, seminar: null };
  const { door } = doorOf(viewer, seminar, at);
  const admitted = door === "open" && seminar.mine.registration === "admitted";
  if (admitted) return { in: true, seminar, grants: grantsFor(viewer, seminar) };
  return { in: false, waiting: door === "lobby" && seminar.mine.registration === "waiting", seminar };
}

/** The same for somebody of whom only the id is known, as the media server knows people. */
export async function personMayEnter(db: Db, personId: string, seminarId: string, at = new Date()): Promise<Entry> {
  const viewer = isId(personId) ? await findViewer(db, personId, at) : undefined;
  return viewer ? mayEnter(db, viewer, seminarId, at) : { in: false, waiting: false, seminar: null };
}
