import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { findBrokenLink, listEvidence, recordEvidence } from "#db/evidence.ts";
import { newId } from "#db/ids.ts";
import { auditLog, evidenceEvents } from "#db/schema/index.ts";
import { audit } from "#db/audit.ts";
import { aDatabase } from "#tests/database.ts";

const occurredAt = new Date("2026-11-23T11:30:00Z");

test("what somebody did stays as it was recorded, in an unbroken chain of her own", async () => {
  const db = await aDatabase();
  const lin = newId();
  const chen = newId();
  for (const kind of ["prep.note_submitted", "seminar.attended", "lesson.taught"] as const) {
    await db.transaction((tx) => recordEvidence(tx, { personId: lin, kind, occurredAt, object: { type: "lesson", id: newId() } }));
  }
  await db.transaction((tx) => recordEvidence(tx, { personId: chen, kind: "seminar.hosted", occurredAt, object: { type: "seminar", id: newId() } }));
  expect((await listEvidence(db, lin, { limit: 10 })).map((event) => [event.kind, event.position])).toEqual([["lesson.taught", 3], ["seminar.attended", 2], ["prep.note_submitted", 1]]);
  expect(await findBrokenLink(db, lin)).toBeNull();
  expect(await findBrokenLink(db, chen)).toBeNull();
});

test("neither evidence nor the audit log can be changed or taken away", async () => {
  const db = await aDatabase();
  const lin = newId();
  await db.transaction((tx) => recordEvidence(tx, { personId: lin, kind: "lesson.taught", occurredAt, object: { type: "lesson", id: newId() } }));
  await audit(db, { personId: lin, act: "seat.given", object: { type: "seat", id: newId() } });
  await expect(db.update(evidenceEvents).set({ kind: "seminar.hosted" }).where(eq(evidenceEvents.personId, lin))).rejects.toThrow();
  await expect(db.delete(evidenceEvents)).rejects.toThrow();
  await expect(db.update(auditLog).set({ act: "nothing" })).rejects.toThrow();
  await expect(db.delete(auditLog)).rejects.toThrow();
  expect(await listEvidence(db, lin, { limit: 10 })).toHaveLength(1);
});

test("somebody's evidence stands in the order in which it happened, whenever it was written down, and reads on from where it stopped", async () => {
  const db = await aDatabase();
  const lin = newId();
  const days = ["2026-11-20", "2026-10-27", "2026-11-24", "2026-10-27"];
  for (const day of days) await db.transaction((tx) => recordEvidence(tx, { personId: lin, kind: "lesson.taught", occurredAt: new Date(`${day}T00:00:00Z`), object: { type: "lesson", id: newId() } }));
  const inOrder = [3, 1, 4, 2];
  const all = await listEvidence(db, lin, { limit: 10 });
  expect(all.map((event) => event.position)).toEqual(inOrder);
  const first = await listEvidence(db, lin, { limit: 3 });
  const rest = await listEvidence(db, lin, { limit: 3, before: first[2]?.id ?? "" });
  expect([...first, ...rest].map((event) => event.position)).toEqual(inOrder);
});
