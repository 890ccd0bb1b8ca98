import { eq } from "drizzle-orm";
import { settings } from "#db/schema/index.ts";
import type { Db } from "#db/types.ts";

export interface DemoPerson {
  id: string;
  name: string;
  /** What this person is in the demonstration, in a few words. */
  note: string;
}

/** The people as whom the demonstration can be entered; written by the seed, empty everywhere else. */
export async function demoPeople(db: Db): Promise<DemoPerson[]> {
  const [row] = await db.select({ value: settings.value }).from(settings).where(eq(settings.key, "demo.people"));
  return (row?.value as DemoPerson[] | undefined) ?? []; // written by server/demo alone
}
