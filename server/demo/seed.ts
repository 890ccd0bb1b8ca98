import { eq } from "drizzle-orm";
import type { Documents } from "#app/plans/documents.ts";
import type { Sessions } from "#app/people/sessions.ts";
import { enqueue } from "#db/jobs.ts";
import { announcements, notifications, persons, settings } from "#db/schema/index.ts";
import type { Db } from "#db/types.ts";
import { demoStudios } from "./content/cast.ts";
import { demoAnnouncements, demoSeminars } from "./content/talk.ts";
import { teachersHour } from "./hours.ts";
import { demoId } from "./ids.ts";
import { seedLessons } from "./seed-lessons.ts";
import { seedPeople } from "./seed-people.ts";
import { seedSeminar } from "./seed-seminars.ts";
import { seedWaiting } from "./seed-waiting.ts";

const DAY = 86_400_000;

/**
 * Fills an empty database with the demonstration, once. A database that holds people already is left alone; one in which an earlier
 * start was cut off half-way is named in the error, so that nobody takes half a demonstration for a whole one.
 *
 * @returns whether it was filled now
 */
export async function seedDemo(db: Db, sessions: Sessions, documents: Documents, now = new Date()): Promise<boolean> {
  const [whole] = await db.select().from(settings).where(eq(settings.key, "demo.whole"));
  if (whole) return false;
  const [begun] = await db.select().from(settings).where(eq(settings.key, "demo.people"));
  if (begun) throw new Error("The demonstration was cut off while it was being filled: delete its database file and start again.");
  const [somebody] = await db.select({ id: persons.id }).from(persons).limit(1);
  if (somebody) return false;
  await fillDemo(db, sessions, documents, now);
  return true;
}

/** Puts the demonstration beside whatever the database holds. It must not be there yet. */
export async function fillDemo(db: Db, sessions: Sessions, documents: Documents, now: Date): Promise<void> {
  await db.transaction((tx) => seedPeople(tx, sessions, now));
  const stage = { db, documents, now };
  await seedLessons(stage);
  for (const seminar of demoSeminars) await seedSeminar(stage, seminar);
  // What was told weeks ago has long been read.
  await db.update(notifications).set({ readAt: now });
  await seedWaiting(stage, sessions);
  await db.transaction(async (tx) => {
    for (const one of demoAnnouncements) {
      const at = teachersHour(new Date(now.getTime() - one.daysAgo * DAY), now);
      await tx.insert(announcements).values({ studioId: demoId("studio", one.studio), body: `${one.title}\n${one.body}`, createdAt: at, createdBy: demoId("person", one.by) });
    }
    for (const studio of demoStudios) {
      await enqueue(tx, "studio.figures", { studioId: demoId("studio", studio.key) });
      await enqueue(tx, "search.index", { kind: "studio", id: demoId("studio", studio.key) });
    }
    await tx.insert(settings).values({ key: "demo.whole", value: true, at: now });
  });
}
