import { and, eq, isNull, ne } from "drizzle-orm";
import { prepParticipants } from "#db/schema/index.ts";
import { findMinutes } from "#db/seminar-writes.ts";
import { findVisibleSeminar, type SeminarSeen } from "#db/seminars.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { DocumentAccess, MinutesAccess } from "../plans/document-access.ts";

/** Who led, spoke or took notes, and those who prepare the lesson together, write the minutes; whoever may see the seminar reads them. */
export const minutesAccess: MinutesAccess = async (db, viewer, seminarId): Promise<DocumentAccess | null> => {
  const seminar = await findVisibleSeminar(db, viewer, seminarId);
  const minutes = seminar && (await findMinutes(db, seminarId));
  if (!minutes) return null;
  return { docId: minutes.docId, mode: (await writesMinutes(db, viewer, seminar)) ? "write" : "read" };
};

async function writesMinutes(db: Db, viewer: Viewer, seminar: SeminarSeen): Promise<boolean> {
  if (seminar.mine.registration === "removed") return false;
  const { role } = seminar.mine;
  if (seminar.hostId === viewer.id || role === "host" || role === "cohost" || role === "scribe" || role === "speaker") return true;
  if (!seminar.prepId) return false;
  const [part] = await db.select({ id: prepParticipants.id }).from(prepParticipants).where(and(eq(prepParticipants.prepId, seminar.prepId), eq(prepParticipants.personId, viewer.id), isNull(prepParticipants.leftAt), ne(prepParticipants.answer, "declined"))).limit(1);
  return part !== undefined;
}
