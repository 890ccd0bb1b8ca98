import sharp from "sharp";
import { expect, test } from "vitest";
import { nodesFromBlocks } from "#app/plans/content.ts";
import { exportPlan } from "#app/plans/word-export.server.ts";
import { image, linebreak, link, list, listItem, paragraph, tab, text } from "#app/plans/word/nodes.ts";
import { treePlanting } from "#server/demo/content/plans/tree-planting.ts";
import { fractionMeaning } from "#server/demo/content/plans/fraction-meaning.ts";
import { aPlanOnPaper } from "#tests/plans/paper.ts";
import { imported } from "#tests/plans/word-files.ts";

test.each([fractionMeaning, treePlanting])("a plan that is exported and imported again has the same sections, node for node", async (demo) => {
  const plan = aPlanOnPaper(demo);
  const back = await imported(await exportPlan(plan));
  expect(back.title).toBe(plan.title);
  expect(back.header).toEqual({ ...plan.header, edition: plan.edition });
  expect(back.notes).toEqual([]);
  expect(Object.fromEntries(back.sections.map((section) => [section.key, section.nodes]))).toEqual(Object.fromEntries(plan.sections.map((section) => [section.key, section.nodes])));
});

test("formats, nested lists, links, breaks and pictures survive the way to Word and back", async () => {
  const picture = await sharp({ create: { width: 300, height: 100, channels: 3, background: "#2f6650" } }).png().toBuffer();
  const nodes = [
    paragraph([text("粗", 1), text("斜", 2), text("删", 4), text("下划", 8), text("下标", 32), text("上标", 64), text("亮", 128), text("粗斜", 3)]),
    paragraph([text("甲"), linebreak(), text("乙"), tab(), text("丙")], "center"),
    paragraph([text("见"), link("https://example.edu.cn/a?b=c&d=1", [text("网页")]), text("。")]),
    list("number", 3, [listItem([text("三")], 3, 0), listItem([list("bullet", 1, [listItem([text("点")], 1, 1)])], 4, 0), listItem([text("四")], 4, 0)]),
    image("01JP1CTVRE0000000000000000", "分数墙", 200),
    paragraph([text("末")]),
  ];
  const plan = { title: "分数墙", header: {}, sections: [{ key: "board_plan.p1", label: "板书设计", nodes }], imageBytes: async () => new Uint8Array(picture) };
  const back = await imported(await exportPlan(plan));
  expect(back.sections[0]?.nodes).toEqual(nodes.map((node) => (node.type === "image" ? { ...node, attachmentId: "import:1" } : node)));
  expect(back.images).toMatchObject([{ placeholderId: "import:1", mime: "image/png", name: "image1.png" }]);
  expect(Buffer.from(back.images[0]?.bytes ?? []).equals(picture)).toBe(true);
});

test("a picture that is gone is named, control characters are left out, and the names at the end are kept", async () => {
  const plan = {
    title: "周长\u0000",
    header: { teacher: "李\u0008芳" },
    sections: [{ key: "methods", label: "教学方法", nodes: [paragraph([text("围\u0001一围")]), image("01JP1CTVRE0000000000000000", "绳子", null)] }],
    imageBytes: async () => undefined,
    attribution: ["原作者：王静（运河边小学）", "许可：CC BY-NC 4.0"],
  };
  const back = await imported(await exportPlan(plan));
  expect([back.title, back.header.teacher]).toEqual(["周长", "李芳"]);
  const words = JSON.stringify(back.sections);
  for (const kept of ["围一围", "〔图片：绳子〕", "原作者：王静（运河边小学）", "许可：CC BY-NC 4.0"]) expect(words).toContain(kept);
});

test("an empty plan is a form to be filled in by hand", async () => {
  const sections = [{ key: "objectives", label: "教学目标", nodes: nodesFromBlocks([]) }, { key: "reflection", label: "教学反思", nodes: nodesFromBlocks([]) }];
  const back = await imported(await exportPlan({ title: "空", header: {}, sections, imageBytes: async () => undefined }));
  expect(back.sections.map((section) => [section.key, section.nodes])).toEqual(sections.map((section) => [section.key, section.nodes]));
});
