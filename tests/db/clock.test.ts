import { expect, onTestFinished, test, vi } from "vitest";
import { newId } from "#db/ids.ts";
import { enqueue, takeJob } from "#db/jobs.ts";
import { aDatabase } from "#tests/database.ts";

/** Sets the machine's clock as `date` would; timers go on as they do. */
function setClock(ms: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + ms });
  onTestFinished(() => void vi.useRealTimers());
}

test("the clock is set back by an hour: ids go on rising, and what was due is done", async () => {
  const db = await aDatabase();
  const before = newId();
  await db.transaction((tx) => enqueue(tx, "studio.figures", { studioId: "01BEFORE" }));
  setClock(-3_600_000);
  expect(newId() > before).toBe(true);
  await db.transaction((tx) => enqueue(tx, "studio.figures", { studioId: "01AFTER" }));
  const taken = [await takeJob(db), await takeJob(db)].map((job) => job?.payload);
  expect(taken).toEqual([{ studioId: "01BEFORE" }, { studioId: "01AFTER" }]);
});
