import * as docx from "docx";
import sharp from "sharp";
import { expect, test } from "vitest";
import { planFor } from "#app/plans/access.server.ts";
import { picturesIn, textOf } from "#app/plans/content.ts";
import { layIn } from "#app/plans/import-word.server.ts";
import { filesOnDisk } from "#server/files.ts";
import { findAttachment } from "#db/attachments.ts";
import { listVersions } from "#db/plans.ts";
import { attachments } from "#db/schema/index.ts";
import { aFolder } from "#tests/files/serving.ts";
import { aWordFile, headingLine, imported, line } from "#tests/plans/word-files.ts";
import { writeInto } from "#tests/plain-documents.ts";
import { aDiscussion } from "../preps/setting.ts";

const aPicture = (background: string) => sharp({ create: { width: 60, height: 40, channels: 3, background } }).png().toBuffer();
const pictureLine = (data: Buffer) => new docx.Paragraph({ children: [new docx.ImageRun({ type: "png", data, transformation: { width: 60, height: 40 } })] });

const field = (key: string) => ({ key, label: { "zh-CN": key, en: key }, help: { "zh-CN": "", en: "" }, required: false, minChars: 0 });
const TEMPLATE = [field("objectives"), field("board_plan.p1")];

/** A plan under discussion, and a way to lay Word files into it. */
async function aPlanToFill() {
  const setting = await aDiscussion();
  const { db, documents, lead, planId, docId } = setting;
  const files = filesOnDisk(aFolder());
  const lay = async (bytes: Uint8Array, still = async () => {}) => layIn(db, documents, files, lead, await planFor(db, lead, "write", planId), TEMPLATE, await imported(bytes), still);
  const nodesOf = async (key: string) => (await documents.read(docId)).sections.find((section) => section.key === key)?.nodes ?? [];
  return { ...setting, lay, nodesOf };
}

test("a section of nothing but a picture arrives, once, however often the file is laid in", async () => {
  const { db, docId, lay, nodesOf } = await aPlanToFill();
  const file = await aWordFile([headingLine("教学准备"), line("磁条、挂图。"), headingLine("板书设计"), pictureLine(await aPicture("#2f6650"))]);
  expect(await lay(file)).not.toContain("nothing_new");
  expect(await lay(file)).toEqual(["nothing_new"]);
  const [picture, ...more] = picturesIn(await nodesOf("board_plan.p1"));
  expect(more).toEqual([]);
  expect(await findAttachment(db, picture ?? "")).toMatchObject({ inline: true, mime: "image/png" });
  expect(textOf(await nodesOf("preparation"))).toBe("磁条、挂图。");
  expect((await listVersions(db, docId)).filter((version) => version.kind === "auto")).toHaveLength(1);
});

test("a section in which a picture stands already keeps it, and the new words and pictures come behind", async () => {
  const { lay, nodesOf } = await aPlanToFill();
  await lay(await aWordFile([headingLine("板书设计"), pictureLine(await aPicture("#2f6650"))]));
  await lay(await aWordFile([headingLine("板书设计"), line("分数的意义"), pictureLine(await aPicture("#b23a2e"))]));
  const nodes = await nodesOf("board_plan.p1");
  expect(new Set(picturesIn(nodes)).size).toBe(2);
  expect(textOf(nodes)).toBe("分数的意义");
});

test("words that only occur inside other words are not taken for words that are there", async () => {
  const { documents, docId, lay, nodesOf } = await aPlanToFill();
  await writeInto(documents, docId, { objectives: "会画角，也会量角。" });
  await lay(await aWordFile([headingLine("教学目标"), line("会量角")]));
  expect(textOf(await nodesOf("objectives"))).toBe("会画角，也会量角。\n会量角");
});

test("a picture that is refused leaves its mark, and the person is told", async () => {
  const { lay, nodesOf } = await aPlanToFill();
  const broken = (await aPicture("#2f6650")).subarray(0, 60);
  expect(await lay(await aWordFile([headingLine("板书设计"), pictureLine(broken)]))).toContain("pictures_refused");
  expect(textOf(await nodesOf("board_plan.p1"))).toBe("〔图片：1〕");
});

test("whoever may not write any more when the pictures are looked into and stored has laid nothing in", async () => {
  const { db, documents, docId, lay } = await aPlanToFill();
  const there = async () => [(await documents.read(docId)).sections, await listVersions(db, docId)];
  const before = await there();
  const file = await aWordFile([headingLine("教学准备"), line("磁条、挂图。"), headingLine("板书设计"), pictureLine(await aPicture("#2f6650"))]);
  for (const asked of [1, 2, 3]) {
    let times = 0;
    const gone = async () => {
      times += 1;
      if (times >= asked) throw new Error("not any more");
    };
    await expect(lay(file, gone)).rejects.toThrow("not any more");
    // Asked for after the scanner, after the store, and before the text: only the last leaves a picture behind, that stands in no text.
    expect(await db.$count(attachments)).toBe(asked === 3 ? 1 : 0);
  }
  expect(await there()).toEqual(before);
});

test("what the file's head says beside the plan's own is kept as lines", async () => {
  const { db, lead, planId, lay, nodesOf } = await aPlanToFill();
  const file = await aWordFile([line("课题：分数的产生"), line("授课教师：何立夏　课时：2课时　教材：人教版"), headingLine("教学目标"), line("会量角。")]);
  expect(await lay(file)).toContain("other");
  expect((await planFor(db, lead, "write", planId)).header.teacher).toBe("何立夏");
  expect(textOf(await nodesOf("other"))).toBe("课题：分数的产生\n课时：2课时\n教材：人教版");
  expect(await lay(file)).toEqual(["nothing_new"]);
  await lay(await aWordFile([line("授课教师：吴海平　班级：五（3）班")]));
  await lay(await aWordFile([line("课型：新授课　班级：五（3）班")]));
  expect((await planFor(db, lead, "write", planId)).header).toMatchObject({ teacher: "何立夏", className: "五（3）班", lessonType: "新授课" });
  expect(textOf(await nodesOf("other"))).toContain("授课教师：吴海平");
});
