import { expect, test } from "vitest";
import * as Y from "yjs";
import { appendUpdates, readLog } from "#db/documents.ts";
import { replayed } from "#server/collab/replay.ts";
import { aStaffRoom, aWhile, type StaffRoom, until } from "#tests/collab/setting.ts";

async function onDisk({ db, docId }: StaffRoom): Promise<string> {
  return replayed(docId, await readLog(db, docId)).getText("t").toString();
}

test("nothing is acknowledged or shown before it is on disk", async () => {
  let release = (): void => undefined;
  let held: Promise<void> | undefined;
  const room = await aStaffRoom({
    commit: async (db, batch) => {
      await held;
      await appendUpdates(db, batch);
    },
  });
  const li = room.join("li");
  const wang = room.join("wang");
  await li.synced();
  await wang.synced();
  held = new Promise((resolve) => (release = resolve));
  li.types("分数");
  await aWhile();
  expect(li.provider.unsyncedChanges).toBe(1);
  expect(wang.sees()).toBe("");
  expect(await onDisk(room)).toBe("");
  release();
  await li.saved();
  await until(() => wang.sees() === "分数");
  expect(await onDisk(room)).toBe("分数");
});

test("when the disk refuses, the writer is told, nobody sees it, and it is saved once when the disk is well again", async () => {
  let ill = false;
  const room = await aStaffRoom({
    pauses: [10],
    commit: async (db, batch) => {
      if (ill) throw new Error("disk full");
      await appendUpdates(db, batch);
    },
  });
  const li = room.join("li");
  const wang = room.join("wang");
  await li.synced();
  await wang.synced();
  ill = true;
  li.types("分数");
  await until(() => li.closes.some((close) => close.code === 4503));
  expect(li.told).toContain('{"type":"not-saved"}');
  expect(li.provider.hasUnsyncedChanges).toBe(true);
  expect(wang.sees()).toBe("");
  expect(room.faults[0]).toMatchObject({ doing: "saving an update of plan:01JPLAN" });
  ill = false;
  await until(() => wang.sees() === "分数");
  await li.saved();
  expect(await onDisk(room)).toBe("分数");
});

test("a document is born once, however many open it first", async () => {
  const room = await aStaffRoom();
  const pages = ["li", "wang", "li", "wang"].map((person) => room.join(person));
  for (const page of pages) await page.synced();
  const { sections } = await room.documents.read(room.docId);
  expect(sections.map((section) => section.nodes.length)).toEqual([1, 2]);
  for (const page of pages) expect(page.doc.get("process.p1", Y.XmlText).length).toBe(2);
});

test("whose rights cannot be looked up is told that the document does not open now, not that it is closed to them", async () => {
  let ill = true;
  const room = await aStaffRoom({ ask: async () => { if (ill) throw new Error("the database is away"); } });
  const li = room.join("li");
  await until(() => li.refusals.length > 0);
  expect(li.refusals).toEqual(["unreadable"]);
  expect(room.faults).toMatchObject([{ doing: "asking for access to plan:01JPLAN" }]);
  ill = false;
  await room.join("li").synced();
});

test("a document with a damaged log is not served as an empty one", async () => {
  const { docUpdates } = await import("#db/schema/documents.ts");
  const room = await aStaffRoom();
  const li = room.join("li");
  await li.synced();
  li.types("一");
  await li.saved();
  li.leave();
  await until(() => room.collab.live.find(room.docId) === undefined);
  await room.db.update(docUpdates).set({ bytes: Buffer.from([1, 2, 3, 4, 5, 6]) });
  const again = room.join("li");
  await until(() => again.refusals.length > 0);
  expect(again.refusals).toEqual(["unreadable"]);
  expect(again.provider.synced).toBe(false);
  expect(again.doc.store.clients.size).toBe(0);
  expect(String(room.faults.at(-1)?.fault)).toMatch(/cannot be read/);
  await room.db.delete(docUpdates);
  const gone = room.join("wang");
  await until(() => gone.refusals.length > 0);
  expect(gone.refusals).toEqual(["unreadable"]);
});
