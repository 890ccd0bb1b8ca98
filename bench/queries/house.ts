import { and, eq, isNull } from "drizzle-orm";
import { appendUpdates } from "#db/documents.ts";
import { insertGrant } from "#db/grants.ts";
import { regions, seats } from "#db/schema/index.ts";
import type { Db, OpenDb } from "#db/types.ts";
import { documentsOn } from "#server/collab/documents.ts";
import { DocLog } from "#server/collab/log.ts";
import { demoOffices } from "#server/demo/content/cast.ts";
import { demoId } from "#server/demo/ids.ts";
import { fillDemo } from "#server/demo/seed.ts";
import { makeSessions } from "#server/sessions.ts";
import { openTheEvening } from "#tests/doors/evening.ts";
import { aMediaServer } from "#tests/doors/media.ts";
import { SECRET } from "../province/accounts.ts";
import type { ProvinceCopy } from "../province/copy.ts";
import { serve, type Served } from "../province/served.ts";

/** Of the demonstration: those who have something of every kind in hand. */
const DEMO = ["zhou-wenlan", "lin-yutong", "fang-xiaohe", "chen-jinghao", "he-lixia", "qian-muyun", "lin-tingzhou", "xu-xiaoyu"];
const ROLES = ["master", "subject_lead", "young_teacher", "trainee"] as const;

/** The server on a copy of the province, with the demonstration in it for what the province has none of, on an evening on which a seminar goes on. */
export interface House extends Served {
  /** Everybody as whom it is walked; null: a visitor. */
  people: readonly (string | null)[];
  largestStudio: string;
}

export async function openHouse(copy: ProvinceCopy, largestStudio: string): Promise<House> {
  const people: string[] = [];
  const media = await aMediaServer();
  const served = await serve({ ...copy, env: { LIVEKIT_URL: media.url, LIVEKIT_API_KEY: "key", LIVEKIT_API_SECRET: SECRET } }, async (open) => {
    await fillDemo(open.db, makeSessions(open, SECRET, "http://localhost"), documentsOf(open), new Date());
    people.push(...(await peopleOfProvince(open.db, largestStudio)), ...DEMO.map((key) => demoId("person", key)), ...demoOffices.map((office) => demoId("person", office.person)));
    return people;
  });
  // A second writer beside one at work would wait for it in its own thread.
  await served.settled();
  await openTheEvening(served);
  await served.settled();
  return {
    ...served,
    people: [null, ...people],
    largestStudio,
    close: async () => {
      await served.close();
      media.close();
    },
  };
}

function documentsOf({ db }: OpenDb) {
  return documentsOn(db, new DocLog((batch) => appendUpdates(db, batch)));
}

/** One of each role in the largest studio, and an administrator of the whole province. */
async function peopleOfProvince(db: Db, studioId: string): Promise<string[]> {
  const found: string[] = [];
  for (const role of ROLES) {
    const [seat] = await db.select({ personId: seats.personId }).from(seats).where(and(eq(seats.studioId, studioId), eq(seats.role, role), isNull(seats.to))).orderBy(seats.id).limit(1);
    if (seat) found.push(seat.personId);
  }
  const [officer] = await db.select({ personId: seats.personId }).from(seats).where(and(eq(seats.studioId, studioId), eq(seats.role, "trainee"), isNull(seats.to))).orderBy(seats.id).limit(1).offset(1);
  const [whole] = await db.select({ id: regions.id }).from(regions).where(eq(regions.level, "province")).limit(1);
  if (!officer || !whole) throw new Error("a province without people or regions");
  await insertGrant(db, { personId: officer.personId, role: "region_admin", scopeType: "region", scopeId: whole.id, grantedBy: null }, new Date());
  return [...found, officer.personId];
}
