import { and, desc, eq } from "drizzle-orm";
import { plansVisibleTo } from "./plans.ts";
import { docReadings, lessonPlans, lessonPreps, lessons } from "./schema/index.ts";
import type { Db } from "./types.ts";
import type { Viewer } from "./viewer.ts";

/** That a person was in a document now; `sectionKey` where she moved in it, else the section in which she was before stays. */
export async function rememberReading(db: Db, reading: { docId: string; personId: string; at: Date; sectionKey?: string | undefined }): Promise<void> {
  const { docId, personId, at, sectionKey } = reading;
  const now = { lastAt: at, ...(sectionKey !== undefined && { lastSectionKey: sectionKey }) };
  await db.insert(docReadings).values({ docId, personId, ...now }).onConflictDoUpdate({ target: [docReadings.docId, docReadings.personId], set: now });
}

/** The plan in which the viewer was last of those that she may still see. */
export async function findLastReading(db: Db, viewer: Viewer) {
  const [row] = await db
    .select({ planId: lessonPlans.id, docId: lessonPlans.docId, templateId: lessonPlans.templateId, periods: lessonPlans.periods, title: lessons.title, at: docReadings.lastAt, sectionKey: docReadings.lastSectionKey })
    .from(docReadings)
    .innerJoin(lessonPlans, eq(lessonPlans.docId, docReadings.docId))
    .innerJoin(lessons, eq(lessons.id, lessonPlans.lessonId))
    .leftJoin(lessonPreps, eq(lessonPreps.id, lessonPlans.prepId))
    .where(and(eq(docReadings.personId, viewer.id), plansVisibleTo(db, viewer)))
    .orderBy(desc(docReadings.lastAt))
    .limit(1);
  return row;
}
