import { asc, eq } from "drizzle-orm";
import fc from "fast-check";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { appendUpdates, compactLog, countLog, type DocUpdate, findLastUpdateAt, insertDoc, insertVersion, findVersion, listVersions, readLog } from "#db/documents.ts";
import { newId } from "#db/ids.ts";
import { docUpdates } from "#db/schema/documents.ts";
import type { Db } from "#db/types.ts";
import { DocLog, LogBusy } from "#server/collab/log.ts";
import { replayed } from "#server/collab/replay.ts";
import { aDatabase } from "#tests/database.ts";

const update = (letter: string, docId = "教案"): DocUpdate => ({ docId, bytes: new TextEncoder().encode(letter), personId: "li", newClientIds: [] });
const letters = (batch: readonly DocUpdate[]) => batch.map((one) => new TextDecoder().decode(one.bytes)).join("");

test("everything that waits goes into one transaction, one at a time", async () => {
  const batches: string[] = [];
  let running = 0;
  const log = new DocLog(async (batch) => {
    expect(++running).toBe(1);
    batches.push(letters(batch));
    await new Promise((resolve) => setTimeout(resolve, 20));
    running -= 1;
  });
  const first = log.append(update("甲"));
  await new Promise((resolve) => setTimeout(resolve, 5));
  await Promise.all([first, ..."乙丙丁".split("").map((letter) => log.append(update(letter)))]);
  expect(batches).toEqual(["甲", "乙丙丁"]);
});

test("one bad update takes no others with it", async () => {
  const kept: string[] = [];
  const log = new DocLog(async (batch) => {
    if (letters(batch).includes("坏")) throw new Error("not this one");
    kept.push(letters(batch));
  }, { pauses: [1] });
  const results = await Promise.allSettled(["甲", "坏", "乙"].map((letter) => log.append(update(letter))));
  expect(results.map((result) => result.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(kept.join("")).toBe("甲乙");
});

test("a database that is away for a moment is asked again; the order of answers stays", async () => {
  let failures = 2;
  const kept: string[] = [];
  const log = new DocLog(async (batch) => {
    if (failures-- > 0) throw new Error("connection timeout");
    kept.push(letters(batch));
  }, { pauses: [1, 1] });
  await Promise.all([log.append(update("甲")), log.append(update("乙"))]);
  expect(kept).toEqual(["甲乙"]);
});

test("what waits is bounded", async () => {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const log = new DocLog(() => held, { waiting: 2 });
  const [first, second] = [log.append(update("甲")), log.append(update("乙"))];
  await expect(log.append(update("丙"))).rejects.toThrow(LogBusy);
  release();
  await Promise.all([first, second]);
  await log.append(update("丁"));
});

async function aDocument(db: Db): Promise<{ docId: string; doc: Y.Doc }> {
  const doc = new Y.Doc({ gc: false });
  doc.getText("t").insert(0, "分数");
  const docId = await db.transaction((tx) =>
    insertDoc(tx, { purpose: "plan", state: { bytes: Y.encodeStateAsUpdate(doc), clientIds: [doc.clientID] }, sections: [{ key: "t", title: "正文", text: "分数" }], createdBy: null }),
  );
  return { docId, doc };
}

test("compaction keeps the content, the deleted text too, and loses nothing that is appended meanwhile", async () => {
  const db = await aDatabase();
  const edit = fc.record({ who: fc.nat(2), at: fc.nat(40), remove: fc.boolean(), text: fc.constantFrom("分", "数", "的意义", "🍎", "\n"), syncs: fc.boolean(), compacts: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 5, maxLength: 30 }), fc.nat(5), async (edits, keep) => {
      const { docId, doc: all } = await aDocument(db);
      const pages = [0, 1, 2].map(() => {
        const page = new Y.Doc({ gc: false });
        Y.applyUpdate(page, Y.encodeStateAsUpdate(all));
        return page;
      });
      for (const { who, at, remove, text, syncs, compacts } of edits) {
        const page = pages[who] ?? all;
        if (syncs) Y.applyUpdate(page, Y.encodeStateAsUpdate(all, Y.encodeStateVector(page)));
        const before = Y.encodeStateVector(page);
        const words = page.getText("t");
        if (remove && words.length > 0) words.delete(at % words.length, 1);
        else words.insert(Math.min(at, words.length), text);
        const bytes = Y.encodeStateAsUpdate(page, before);
        Y.applyUpdate(all, bytes);
        const appended = appendUpdates(db, [{ docId, bytes, personId: `p${who}`, newClientIds: [page.clientID] }]);
        if (compacts) await compactLog(db, docId, keep);
        await appended;
      }
      await compactLog(db, docId, keep);
      expect(await countLog(db, docId)).toBeLessThanOrEqual(Math.max(1, keep + 1));
      const kept = replayed(docId, await readLog(db, docId));
      expect(Y.encodeStateAsUpdate(kept)).toEqual(Y.encodeStateAsUpdate(replayed(docId, [Y.encodeStateAsUpdate(all)])));
      expect(kept.getText("t").toString()).toBe(all.getText("t").toString());
    }),
    { numRuns: 12 },
  );
});

test("a log that cannot be read is not compacted into one that can", async () => {
  const db = await aDatabase();
  const { docId } = await aDocument(db);
  await appendUpdates(db, [{ docId, bytes: Uint8Array.of(9, 9, 9), personId: "li", newClientIds: [] }]);
  await expect(compactLog(db, docId, 0)).rejects.toThrow();
  expect(await countLog(db, docId)).toBe(2);
});

test("an update that comes alone is kept like one of many, and tells when the document was last written", async () => {
  const db = await aDatabase();
  const { docId } = await aDocument(db);
  const [early, late] = [new Date(1_900_000_000_000), new Date(1_900_000_000_001)];
  await appendUpdates(db, [{ ...update("甲", docId), personId: null }, update("乙", docId)], early);
  expect(await findLastUpdateAt(db, docId)).toEqual(early);
  await appendUpdates(db, [update("丙", docId)], late);
  await appendUpdates(db, [{ ...update("丁", docId), personId: null }], late);
  expect(await findLastUpdateAt(db, docId)).toEqual(late);
  const rows = await db.select().from(docUpdates).where(eq(docUpdates.docId, docId)).orderBy(asc(docUpdates.id));
  expect(rows.slice(1).map(({ bytes, personId, compacted, at }) => [bytes.toString(), personId, compacted, at])).toEqual([
    ["甲", null, false, early],
    ["乙", "li", false, early],
    ["丙", "li", false, late],
    ["丁", null, false, late],
  ]);
  expect(await findLastUpdateAt(db, newId())).toBeUndefined();
  await expect(appendUpdates(db, [update("戊", newId())])).rejects.toThrow();
});

test("a client id that has got an owner meanwhile fails its update, and only that", async () => {
  const db = await aDatabase();
  const { docId, doc } = await aDocument(db);
  const log = new DocLog((batch) => appendUpdates(db, batch));
  const bytes = Y.encodeStateAsUpdate(doc);
  const results = await Promise.allSettled([log.append({ docId, bytes, personId: "li", newClientIds: [7] }), log.append({ docId, bytes, personId: "wang", newClientIds: [7] }), log.append({ docId, bytes, personId: "wang", newClientIds: [8] })]);
  expect(results.map((result) => result.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(await countLog(db, docId)).toBe(3);
});

test("versions are numbered from 1 and keep both bodies", async () => {
  const db = await aDatabase();
  const { docId, doc } = await aDocument(db);
  const state = Y.encodeStateAsUpdate(doc);
  const kept = { docId, kind: "named", state, content: [{ key: "t", title: "正文", nodes: [] }], byId: "li" } as const;
  const first = await db.transaction((tx) => insertVersion(tx, { ...kept, name: "一稿" }));
  await db.transaction((tx) => insertVersion(tx, { ...kept, name: "二稿" }));
  expect((await listVersions(db, docId)).map(({ no, name }) => ({ no, name }))).toEqual([{ no: 2, name: "二稿" }, { no: 1, name: "一稿" }]);
  const found = await findVersion(db, docId, first.id);
  expect(new Uint8Array(found?.state ?? [])).toEqual(state);
  expect(found?.content).toEqual(kept.content);
  expect(await findVersion(db, "另一份", first.id)).toBeUndefined();
});
