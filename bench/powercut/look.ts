import { readLog } from "#db/documents.ts";
import { openDb } from "#db/open.ts";
import { docs } from "#db/schema/documents.ts";
import { replayed } from "#server/collab/replay.ts";

export interface Found {
  /** Why it is no whole database with whole documents any more. */
  corrupt?: string;
  /** Acknowledged changes that are not there. */
  lost: number;
}

/** Opens a database as the server does when it starts, and looks for what was acknowledged in the lists `w0`, `w1` … of its document. */
export async function look(file: string, acknowledged: readonly number[]): Promise<Found> {
  const all = acknowledged.reduce((sum, one) => sum + one, 0);
  try {
    const open = await openDb(file);
    try {
      const integrity = await open.probe("PRAGMA integrity_check");
      if (integrity !== "ok") return { corrupt: String(integrity), lost: all };
      const [doc] = await open.db.select({ id: docs.id }).from(docs);
      if (!doc) return { lost: all };
      const document = replayed(doc.id, await readLog(open.db, doc.id));
      let lost = 0;
      acknowledged.forEach((promised, writer) => {
        const there = new Set(document.getArray<number>(`w${writer}`).toArray());
        for (let one = 0; one < promised; one += 1) if (!there.has(one)) lost += 1;
      });
      return { lost };
    } finally {
      await open.close();
    }
  } catch (error) {
    return { corrupt: String(error), lost: all };
  }
}
