import { isId } from "#db/ids.ts";
import { findVisiblePlan } from "#db/plans.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import { canOnPlan } from "./policy.ts";

export interface DocumentAccess {
  docId: string;
  mode: "write" | "read";
}

/** What the room of seminars answers for the minutes of one: null when the viewer may not read them. */
export type MinutesAccess = (db: Db, viewer: Viewer, seminarId: string) => Promise<DocumentAccess | null>;

/**
 * Whether somebody may be in a document, and how: the question of every handshake, asked again whenever access may have changed.
 *
 * @param name `plan:<plan id>` or `minutes:<seminar id>`
 * @returns null when there is no such document or the viewer may not know of it
 */
export async function documentAccess(db: Db, viewer: Viewer, name: string, minutes?: MinutesAccess): Promise<DocumentAccess | null> {
  const [kind, id, rest] = name.split(":");
  if (!isId(id) || rest !== undefined) return null;
  if (kind === "minutes") return minutes ? minutes(db, viewer, id) : null;
  if (kind !== "plan") return null;
  const plan = await findVisiblePlan(db, viewer, id);
  return plan ? { docId: plan.docId, mode: canOnPlan(viewer, "write", plan) ? "write" : "read" } : null;
}
