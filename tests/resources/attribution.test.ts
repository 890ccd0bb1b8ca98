import { expect, test } from "vitest";
import { openArchive } from "#app/files/archive.server.ts";
import { planSeenBy } from "#app/plans/access.server.ts";
import { wordFileOf } from "#app/plans/word-file.server.ts";
import { parseXml, textOf } from "#app/plans/word/xml.ts";
import { loader } from "#app/routes/plans.$planId.read/route.tsx";
import type { Viewer } from "#db/viewer.ts";
import { filesOnDisk } from "#server/files.ts";
import { aFolder } from "#tests/files/serving.ts";
import { aShelf, publish, type Shelf, takeUp, visiting, WISH } from "./setting.ts";

test("a copy that was taken names its source, its authors and the licence on paper and in Word; work of one's own names nobody", async () => {
  const shelf = await aShelf();
  const { outsider, lead, planId } = shelf;
  const read = (who: Viewer, id: string) => loader({ request: new Request(`http://test/plans/${id}/read`), params: { planId: id }, context: visiting(shelf.db, who, { documents: shelf.documents }) });
  const copy = await takeUp(shelf, outsider, await publish(shelf, { licence: "cc_by" }));
  const { madeFrom } = await read(outsider, copy);
  expect(madeFrom).toMatchObject({ kind: "resource", source: { title: WISH.title, licence: "cc_by", by: expect.stringContaining(lead.name) as string } });
  const word = await wordsOf(shelf, outsider, copy);
  expect(word).toContain(`取自《${WISH.title}》，作者：${madeFrom?.source.by}`);
  expect(word).toContain("（CC BY）");
  expect((await read(lead, planId)).madeFrom).toBeNull();
  expect(await wordsOf(shelf, lead, planId)).not.toContain("取自");
});

async function wordsOf({ db, documents }: Shelf, who: Viewer, planId: string): Promise<string> {
  const archive = await openArchive(await wordFileOf(db, documents, filesOnDisk(aFolder()), who, await planSeenBy(db, who, planId)));
  try {
    return textOf(parseXml((await archive.read("word/document.xml")) ?? new Uint8Array()));
  } finally {
    archive.close();
  }
}
