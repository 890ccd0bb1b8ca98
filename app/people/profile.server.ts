import { enqueue } from "#db/jobs.ts";
import { audit } from "#db/audit.ts";
import { findPersonCard, updateProfile, withdrawConfirmation } from "#db/people.ts";
import type { Db } from "#db/types.ts";

type Profile = Parameters<typeof updateProfile>[3];

/**
 * A person corrects her own profile. A changed name or school has to be confirmed again: what was confirmed was the old one.
 *
 * @returns whether it was saved; false when it had been saved elsewhere since `version` was read
 */
export function saveProfile(db: Db, viewer: { id: string }, version: number, profile: Profile, at = new Date()): Promise<boolean> {
  return db.transaction(async (tx) => {
    const before = await findPersonCard(tx, viewer.id);
    if (!before || !(await updateProfile(tx, viewer.id, version, profile))) return false;
    if (before.verified && (before.name !== profile.name || before.schoolId !== profile.schoolId)) {
      await withdrawConfirmation(tx, viewer.id);
      await audit(tx, { personId: viewer.id, act: "identity.changed", object: { type: "person", id: viewer.id } }, at);
      await enqueue(tx, "access.changed", { personIds: [viewer.id] });
    }
    return true;
  });
}
