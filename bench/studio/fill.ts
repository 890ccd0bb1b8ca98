import { appendUpdates } from "#db/documents.ts";
import { BEGINNING, hashOf } from "#db/evidence.ts";
import { evidenceEvents } from "#db/schema/index.ts";
import type { Db } from "#db/types.ts";
import { documentsOn } from "#server/collab/documents.ts";
import { DocLog } from "#server/collab/log.ts";
import { loadDictionaries } from "#server/dictionaries.ts";
import { DAY, type Ground, groundOf, one } from "../province/ground.ts";
import { fillSeminars } from "../province/happenings.ts";
import { fillPeople, fillStudios } from "../province/people.ts";
import { provinceId } from "../province/plan.ts";
import { fillPublications } from "../province/publications.ts";
import { writer } from "../province/writer.ts";

const RESOURCES = 200;
/** What every second member has left in the studio since yesterday. */
const EVENTS = 2;

/** Two studios of these sizes, alike in all but their members. */
export async function fillTwo(db: Db, sizes: readonly [number, number], base: Date): Promise<Ground> {
  await loadDictionaries(db);
  const seats = sizes[0] + sizes[1];
  const { write } = writer(db, base);
  const ground: Ground = { ...groundOf(db, write, { studios: 2, people: seats, seats, largest: sizes[0], resources: RESOURCES }, base), sizes, starts: [0, sizes[0], seats] };
  await fillPeople(ground);
  await fillStudios(ground);
  await fillPublications(ground, documentsOn(db, new DocLog((batch) => appendUpdates(db, batch))));
  await fillSeminars(ground);
  await fillYesterday(ground, base);
  return ground;
}

async function fillYesterday({ write, sizes, starts, onSeat, studio }: Ground, base: Date): Promise<void> {
  for (const [n, size] of sizes.entries()) {
    let before = BEGINNING;
    await write(evidenceEvents, Math.floor(size / 2) * EVENTS, (m) => {
      const position = (m % EVENTS) + 1;
      const occurredAt = new Date(base.getTime() - DAY + (m % 86_000) * 1_000);
      const event = { id: provinceId(`ev${n}`, m), personId: onSeat((starts[n] ?? 0) + 2 * Math.floor(m / EVENTS)), kind: one(["prep.commented", "seminar.attended", "resource.reused"], m), occurredAt, recordedAt: occurredAt, lessonId: null, studioId: studio(n), objectType: "seminar", objectId: provinceId("semin", n), quantity: 1, unit: "act", corroboratedBy: null, hashPrev: position === 1 ? BEGINNING : before, position };
      before = hashOf(event);
      return { ...event, hash: before };
    });
  }
}
