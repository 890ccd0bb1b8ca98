import { sql } from "drizzle-orm";
import { visitsDaily } from "./schema/index.ts";
import type { Db } from "./types.ts";

export type VisitsOfDay = typeof visitsDaily.$inferSelect;

/** Adds to what is known of a day, whoever else does so at the same time. */
export async function addVisits(db: Db, { day, visits, pages, botPages }: VisitsOfDay): Promise<void> {
  await db
    .insert(visitsDaily)
    .values({ day, visits, pages, botPages })
    .onConflictDoUpdate({
      target: visitsDaily.day,
      set: { visits: sql`${visitsDaily.visits} + ${visits}`, pages: sql`${visitsDaily.pages} + ${pages}`, botPages: sql`${visitsDaily.botPages} + ${botPages}` },
    });
}
