import { enqueue } from "#db/jobs.ts";
import { countFigures } from "#db/studio-figures.ts";
import { findStudio } from "#db/studios.ts";
import type { Db } from "#db/types.ts";

/** "This week" moves on although nobody does anything: a studio at work is counted again after this long. */
const AGAIN_MS = 60 * 60_000;

/** Counts a studio's figures and arranges for the next time. Waiting jobs of one studio are one. */
export function keepFigures(db: Db, studioId: string, at = new Date()): Promise<void> {
  return db.transaction(async (tx) => {
    const studio = await findStudio(tx, studioId);
    if (!studio || studio.status === "draft") return;
    await countFigures(tx, studioId, at);
    if (studio.status !== "closed") await enqueue(tx, "studio.figures", { studioId }, { key: studioId, runAt: new Date(at.getTime() + AGAIN_MS) });
  });
}
