import { and, asc, eq, lte, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { newId } from "#db/ids.ts";
import { enqueue } from "#db/jobs.ts";
import { given, keptStatement } from "#db/kept-statements.ts";
import { jobs } from "#db/schema/index.ts";
import { aDatabase } from "#tests/database.ts";

/** How often it was written, and the statement. */
function aStatement() {
  let writings = 0;
  const due = keptStatement((db) => {
    writings += 1;
    return db
      .select({ id: jobs.id, runAt: jobs.runAt, payload: jobs.payload })
      .from(jobs)
      .where(and(eq(jobs.kind, given("kind", jobs.kind)), lte(jobs.runAt, given("now", jobs.runAt))))
      .orderBy(asc(jobs.id))
      .limit(sql.placeholder("limit"));
  });
  return { due, writings: () => writings };
}

test("a kept statement is written once for a database, and each question gets its own answer", async () => {
  const db = await aDatabase();
  const { due, writings } = aStatement();
  const now = new Date();
  const [early, late] = [newId(), newId()];
  await db.transaction(async (tx) => {
    await enqueue(tx, "studio.figures", { studioId: early }, { runAt: new Date(now.getTime() - 60_000) });
    await enqueue(tx, "studio.figures", { studioId: late }, { runAt: new Date(now.getTime() + 60_000) });
  });
  const of = async (at: number, limit: number) => (await due(db, { kind: "studio.figures", now: new Date(now.getTime() + at), limit })).map(({ payload }) => (payload as { studioId: string }).studioId);
  expect(await of(0, 5)).toEqual([early]);
  expect(await of(120_000, 5)).toEqual([early, late]);
  expect(await of(120_000, 1)).toEqual([early]);
  expect(await of(-120_000, 5)).toEqual([]);
  const answers = await Promise.all([of(0, 5), of(120_000, 5), of(-120_000, 5), of(120_000, 1)]);
  expect(answers).toEqual([[early], [early, late], [], [early]]);
  expect((await due(db, { kind: "studio.figures", now, limit: 1 }))[0]?.runAt).toEqual(new Date(now.getTime() - 60_000));
  expect(writings()).toBe(1);
});

test("in a transaction it sees what the transaction wrote, and outside it does not, even after it was rolled back", async () => {
  const db = await aDatabase();
  const { due, writings } = aStatement();
  const ask = { kind: "studio.figures", now: new Date(Date.now() + 60_000), limit: 5 };
  expect(await due(db, ask)).toEqual([]);
  await db
    .transaction(async (tx) => {
      await enqueue(tx, "studio.figures", { studioId: newId() });
      expect(await due(tx, ask)).toHaveLength(1);
      throw new Error("back");
    })
    .catch(() => undefined);
  expect(await due(db, ask)).toEqual([]);
  expect(writings()).toBe(2);
  const another = await aDatabase();
  expect(await due(another, ask)).toEqual([]);
});

test("a question that lacks a value is a fault, not another question", async () => {
  const { due } = aStatement();
  await expect(due(await aDatabase(), { kind: "studio.figures", now: new Date() })).rejects.toThrow(/limit/);
});
