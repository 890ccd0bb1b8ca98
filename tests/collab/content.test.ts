import { expect, test } from "vitest";
import * as Y from "yjs";
import { emptySection, nodesFromBlocks, textOf } from "#app/plans/content.ts";
import type { SectionContent } from "#app/plans/documents.ts";
import { countLog, findDoc, findLastUpdateAt, insertVersion, listSections, readLog } from "#db/documents.ts";
import { listWaitingJobs } from "#db/jobs.ts";
import { projectDoc } from "#server/collab/projection.ts";
import { replayed } from "#server/collab/replay.ts";
import { aStaffRoom, sections, until } from "#tests/collab/setting.ts";

const word = (text: string, format = 0) => ({ detail: 0, format, mode: "normal", style: "", text, type: "text", version: 1 });
const block = (type: string, children: unknown[], more: object = {}) => ({ children, ...more, direction: null, format: "", indent: 0, type, version: 1 });

const everyKind: unknown[] = [
  ...nodesFromBlocks([
    { p: "分数的**意义**，\n以及读法" },
    { h: "导入" },
    { ul: ["一张纸", "对折**两次**"] },
    { ol: ["先说", "再写"] },
    { table: [["环节", "教师活动"], ["导入", "出示**半个**苹果"]] },
  ]),
  { type: "image", version: 1, attachmentId: "01JIMAGE", alt: "折纸", width: 320 },
  { type: "image", version: 1, attachmentId: "01JOTHER", alt: "", width: null },
  block("quote", [word("课标第三学段")]),
  block("paragraph", [block("link", [word("教材")], { rel: "noreferrer", target: null, title: null, url: "https://www.pep.com.cn" }), { type: "linebreak", version: 1 }, { ...word("\t"), detail: 2, type: "tab" }], { textFormat: 0, textStyle: "" }),
  block("paragraph", [block("autolink", [word("www.pep.com.cn")], { isUnlinked: false, rel: null, target: null, title: null, url: "https://www.pep.com.cn" })], { textFormat: 0, textStyle: "" }),
  block("list", [block("listitem", [word("做完")], { checked: true, value: 1 })], { listType: "check", start: 1, tag: "ul" }),
];

const sorted = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(sorted) : typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value).sort().map(([key, inner]) => [key, sorted(inner)])) : value;

test("every kind of node comes back from the live document as it went in, and a second writing of it changes nothing", async () => {
  const room = await aStaffRoom();
  const content: SectionContent[] = [{ key: "objectives", title: "教学目标", nodes: everyKind }, { key: "process.p1", title: "教学过程", nodes: [] }];
  await room.documents.write(room.docId, content, null);
  const { sections: read } = await room.documents.read(room.docId);
  expect(sorted(read[0]?.nodes)).toEqual(sorted(everyKind));
  expect(read[1]?.nodes).toEqual(emptySection());
  const rows = await countLog(room.db, room.docId);
  await room.documents.write(room.docId, read, null);
  expect(await countLog(room.db, room.docId)).toBe(rows);
});

test("a new document holds what its template says, empty sections too, and all of it is the platform's", async () => {
  const room = await aStaffRoom();
  const content: SectionContent[] = [{ key: "objectives", title: "教学目标", nodes: everyKind }, { key: "reflection", title: "教学反思", nodes: emptySection() }, { key: "homework", title: "作业", nodes: [] }];
  const { bytes, clientIds } = await room.documents.stateOf(content);
  const doc = replayed("a new one", [bytes]);
  expect([...doc.store.clients.keys()]).toEqual(clientIds);
  expect(content.map(({ key }) => doc.get(key, Y.XmlText).length)).toEqual([everyKind.length, 1, 1]);
  await expect(room.documents.stateOf([{ key: "objectives", title: "", nodes: [{ type: "script", version: 1 }] }])).rejects.toThrow(/script/);
});

test("what the platform writes is seen by those inside, and their own words beside it stay", async () => {
  const room = await aStaffRoom();
  const li = room.join("li");
  await li.synced();
  li.types("旁边的话");
  await li.saved();
  const written = nodesFromBlocks([{ p: "导入" }, { p: "探究" }, { p: "新授" }]);
  await room.documents.write(room.docId, [{ key: "process.p1", title: "教学过程", nodes: written }], "wang");
  await until(() => li.doc.get("process.p1", Y.XmlText).length === 3);
  expect(li.sees()).toBe("旁边的话");
  const { sections: after } = await room.documents.read(room.docId);
  expect(sorted(after[1]?.nodes)).toEqual(sorted(written));
  // And work goes on upon it: the person inside is not out of step with what the platform wrote.
  li.doc.get("process.p1", Y.XmlText).delete(1, 1);
  await li.saved();
  expect(li.closes).toEqual([]);
  const { sections: read } = await room.documents.read(room.docId);
  expect(textOf(read[1]?.nodes ?? [])).toBe("导入\n新授");
  expect(read[0]?.nodes).toEqual(sections[0]?.nodes);
});

test("what the platform writes where nobody is inside is projected soon, too", async () => {
  const room = await aStaffRoom();
  const asked = async () => (await listWaitingJobs(room.db)).filter((job) => job.kind === "doc.project" && job.payload.docId === room.docId).length;
  expect(await asked()).toBe(0);
  await room.documents.write(room.docId, [{ key: "objectives", title: "教学目标", nodes: nodesFromBlocks([{ p: "从 Word 来的目标" }]) }], "wang");
  expect(await asked()).toBe(1);
});

test("blocks that a writing leaves as they are keep their authors", async () => {
  const room = await aStaffRoom();
  await room.documents.write(room.docId, [{ key: "process.p1", title: "教学过程", nodes: nodesFromBlocks([{ p: "导入" }, { p: "探究" }, { p: "新授" }]) }], "wang");
  const before = new Y.Doc({ gc: false });
  for (const update of await readLog(room.db, room.docId)) Y.applyUpdate(before, update);
  const known = Y.decodeStateVector(Y.encodeStateVector(before));
  const lost: string[] = [];
  before.on("afterTransaction", (transaction) => {
    for (const [client, ranges] of transaction.deleteSet.clients) for (const { clock } of ranges) if (clock < (known.get(client) ?? 0)) lost.push(`${client}:${clock}`);
  });
  await room.documents.write(room.docId, [{ key: "process.p1", title: "教学过程", nodes: nodesFromBlocks([{ p: "导入" }, { p: "探究" }, { p: "新授" }, { p: "小结" }]) }], "wang");
  Y.applyUpdate(before, (await room.documents.read(room.docId)).state);
  expect(before.get("process.p1", Y.XmlText).length).toBe(4);
  expect(lost).toEqual([]);
});

test("a section that the document lacks, and a document that is not there, are faults", async () => {
  const room = await aStaffRoom();
  await expect(room.documents.write(room.docId, [{ key: "nowhere", title: "", nodes: [] }], null)).rejects.toThrow(/nowhere/);
  await expect(room.documents.read("01JNOBODY")).rejects.toThrow(/no rows/);
});

test("a change is projected soon: texts, lengths, and up to when", async () => {
  const room = await aStaffRoom();
  expect((await listSections(room.db, room.docId)).map(({ text, charCount }) => ({ text, charCount }))).toEqual([
    { text: "理解分数的意义", charCount: 7 },
    { text: "导入\n新授", charCount: 4 },
  ]);
  const li = room.join("li");
  await li.synced();
  li.doc.get("objectives", Y.XmlText).delete(0, 1);
  await li.saved();
  li.leave();
  await until(async () => (await listWaitingJobs(room.db)).some((job) => job.kind === "doc.project" && job.payload.docId === room.docId));
  await projectDoc(room.db, room.documents, room.docId);
  const [objectives] = await listSections(room.db, room.docId);
  expect(objectives).toMatchObject({ text: "", charCount: 0, title: "教学目标" });
  const doc = await findDoc(room.db, room.docId);
  expect(doc?.projectedAt).toEqual(await findLastUpdateAt(room.db, room.docId));
});

test("text of nodes: a line for each block, tabs between cells", () => {
  expect(textOf(everyKind.slice(0, 6))).toBe("分数的意义，\n以及读法\n导入\n一张纸\n对折两次\n先说\n再写\n环节\t教师活动\n导入\t出示半个苹果\n折纸");
});

test("a character that no database takes, put in by a script, keeps nobody from reading, projecting and freezing the document", async () => {
  const room = await aStaffRoom();
  const wang = room.join("wang");
  await wang.synced();
  const paragraph = wang.doc.get("objectives", Y.XmlText).toDelta()[0]?.insert as Y.XmlText;
  paragraph.insert(paragraph.length, "零\u0000位");
  await wang.saved();
  await projectDoc(room.db, room.documents, room.docId);
  expect((await listSections(room.db, room.docId))[0]?.text).toBe("理解分数的意义零位");
  const { state, sections: content } = await room.documents.read(room.docId);
  const kept = { docId: room.docId, name: "定稿", kind: "named", state, content, byId: "li" } as const;
  expect(await room.db.transaction((tx) => insertVersion(tx, kept))).toMatchObject({ no: 1 });
});
