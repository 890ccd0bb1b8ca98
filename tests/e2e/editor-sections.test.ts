import { expect, test } from "vitest";
import { pause, settled, type Writer } from "./editor-harness/browser.ts";
import { aStaffRoomInTheBrowser, eventually, other, section } from "./editor-harness/two-writers.ts";
import type { Edit } from "./editor-harness/edits.ts";

const { twoWriters } = aStaffRoomInTheBrowser();

const edit = (writer: Writer, one: Partial<Edit> & Pick<Edit, "kind">, where = section) =>
  writer.page.evaluate(([s, e]) => window.page.edit(s, e), [where, { block: 0, offset: 0, text: "", ...one }] as const);
const caretAt = (writer: Writer, block: number, offset: number, where = section) => writer.page.evaluate(([s, b, o]) => window.page.setCaret(s, b, o), [where, block, offset] as const);
const leave = (...writers: Writer[]) => Promise.all(writers.map(({ context }) => context.close()));
const errors = (writer: Writer) => writer.page.evaluate(() => window.page.errors);

test("a section that leaves the page and comes back shows what was written meanwhile", async () => {
  const { lin, he } = await twoWriters(["分数的意义"]);
  await lin.page.evaluate((keep) => window.page.show([keep]), other);
  await eventually(() => lin.page.evaluate(() => window.page.editors.size), (size) => size === 1);
  await edit(he, { kind: "insert", text: "认识" });
  await lin.page.evaluate((both) => window.page.show(both), [section, other]);
  expect(await eventually(() => lin.page.evaluate((s) => (window.page.editors.has(s) ? window.page.texts(s) : []), section), (texts) => texts.length > 0)).toEqual(["认识分数的意义"]);
  await caretAt(lin, 0, 2);
  await lin.page.keyboard.type("了");
  expect(await settled([lin, he], section)).toEqual([["认识了分数的意义"], ["认识了分数的意义"]]);
  expect(await errors(lin)).toEqual([]);
  await leave(lin, he);
});

test("leaving a section in the middle of a composition writes the letters so far, once", async () => {
  const { lin, he } = await twoWriters(["分数"]);
  await caretAt(lin, 0, 2);
  await lin.compose("de");
  expect(await he.texts(section)).toEqual(["分数"]);
  await lin.page.evaluate((keep) => window.page.show([keep]), other);
  expect(await eventually(() => he.texts(section), ([text]) => text !== "分数")).toEqual(["分数de"]);
  await leave(lin, he);
});

test("undo takes back one's own text of this section and nothing else", async () => {
  const { lin, he } = await twoWriters(["甲乙丙丁"]);
  await caretAt(lin, 0, 2);
  await lin.compose("fenshu");
  await edit(he, { kind: "insert", offset: 4, text: "何" });
  await lin.commit("分数");
  await pause(700);
  await caretAt(lin, 0, 0, other);
  await lin.page.keyboard.type("另一栏");
  expect((await settled([lin, he], section))[0]).toEqual(["甲乙分数丙丁何"]);
  await caretAt(lin, 0, 1);
  await lin.page.keyboard.press("Control+z");
  expect((await settled([lin, he], section))[1]).toEqual(["甲乙丙丁何"]);
  expect((await settled([lin, he], other))[1]).toEqual(["另一栏"]);
  await lin.page.keyboard.press("Control+Shift+z");
  expect((await settled([lin, he], section))[1]).toEqual(["甲乙分数丙丁何"]);
  await leave(lin, he);
});

test.each<[string, Edit, [string, number]]>([
  ["bold over it", { kind: "bold", block: 1, offset: 7, text: "" }, ["天地玄黄宇宙洪荒日月盈昃", 9]],
  ["bold before it", { kind: "bold", block: 1, offset: 2, text: "" }, ["天地玄黄宇宙洪荒日月盈昃", 9]],
  ["a split before it", { kind: "split", block: 1, offset: 4, text: "" }, ["宇宙洪荒日月盈昃", 5]],
  ["a join with the paragraph above", { kind: "join", block: 0, offset: 0, text: "" }, ["甲乙丙丁天地玄黄宇宙洪荒日月盈昃", 13]],
  ["text before it", { kind: "insert", block: 1, offset: 3, text: "新来" }, ["天地玄新来黄宇宙洪荒日月盈昃", 11]],
])("the caret stays where it was: %s by a colleague", async (_what, change, [text, offset]) => {
  const { lin, he } = await twoWriters(["甲乙丙丁", "天地玄黄宇宙洪荒日月盈昃", "春夏秋冬"]);
  await caretAt(lin, 1, 9);
  await edit(he, change);
  await eventually(() => lin.texts(section), (texts) => texts.includes(text));
  await pause(60);
  const texts = await lin.texts(section);
  const caret = await lin.page.evaluate((s) => window.page.where(s), section);
  expect([texts[caret?.block ?? -1], caret?.start]).toEqual([text, offset]);
  await leave(lin, he);
});

test("an editor that parted from its document is mounted again, and the document stays as it was", async () => {
  const { lin, he } = await twoWriters(["分数的意义"]);
  const before = await lin.page.evaluateHandle((s) => window.page.editor(s), section);
  // As a failure in the middle of a remote change leaves it: the editor shows less than the document holds.
  await lin.page.evaluate((s) => window.page.part(s), section);
  expect(await lin.texts(section)).toEqual([""]);
  expect(await eventually(() => lin.page.evaluate((s) => (window.page.editors.has(s) ? window.page.texts(s) : []), section), ([text]) => text === "分数的意义")).toEqual(["分数的意义"]);
  expect(await lin.page.evaluate(([s, old]) => window.page.editor(s) !== old, [section, before] as const)).toBe(true);
  expect(await he.texts(section)).toEqual(["分数的意义"]);
  await leave(lin, he);
});

test("an editor that fails is mounted again, and one types on", async () => {
  const { lin, he } = await twoWriters(["分数的意义"]);
  const before = await lin.page.evaluateHandle((s) => window.page.editor(s), section);
  await lin.page.evaluate((s) => window.page.fail(s), section);
  const isAnother = () => lin.page.evaluate(([s, old]) => window.page.editors.has(s) && window.page.editor(s) !== old && window.page.texts(s).length > 0, [section, before] as const);
  expect(await eventually(isAnother, (yes) => yes)).toBe(true);
  await caretAt(lin, 0, 5);
  await lin.page.keyboard.type("！");
  expect(await settled([lin, he], section)).toEqual([["分数的意义！"], ["分数的意义！"]]);
  await leave(lin, he);
});

test("both compose at once in one paragraph, and both texts are there", async () => {
  const { lin, he } = await twoWriters(["天地玄黄宇宙洪荒"]);
  await caretAt(lin, 0, 2);
  await caretAt(he, 0, 6);
  for (const [mine, theirs] of [["f", "b"], ["fen", "bei"], ["fenshu", "beike"]] as const) {
    await lin.compose(mine);
    await he.compose(theirs);
  }
  await lin.commit("分数");
  await he.commit("备课");
  expect(await settled([lin, he], section)).toEqual([["天地分数玄黄宇宙备课洪荒"], ["天地分数玄黄宇宙备课洪荒"]]);
  await leave(lin, he);
});

test("a colleague sees whose caret it is, and that somebody is typing", async () => {
  const { lin, he } = await twoWriters(["分数的意义"]);
  const label = he.page.locator(".plan-caret-name");
  await caretAt(lin, 0, 2);
  await lin.page.keyboard.type("，");
  expect(await eventually(async () => (await label.allTextContents()).join(), (text) => text !== "")).toBe("林雨桐");
  await lin.compose("fen");
  expect(await eventually(async () => (await label.allTextContents()).join(), (text) => text.includes("正在输入"))).toBe("林雨桐 正在输入");
  await lin.cancel();
  expect(await eventually(async () => (await label.allTextContents()).join(), (text) => text === "林雨桐")).toBe("林雨桐");
  await leave(lin, he);
});
