import { spawn, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { exportPlan } from "#app/plans/word-export.server.ts";
import { decimalMeaning } from "#server/demo/content/plans/decimal-meaning.ts";
import { aFolder } from "#tests/files/serving.ts";
import { aPlanOnPaper } from "#tests/plans/paper.ts";
import { allWords, imported, wordsBySection } from "#tests/plans/word-files.ts";

const office = spawnSync("soffice", ["--version"]).status === 0;
const LONG = { timeout: 120_000 };

test.skipIf(!office)("LibreOffice: plans that it wrote are read like those of Word", LONG, async () => {
  const table = await converted("docx", "plan.html", `<html><body><table border="1">
    <tr><td>课题</td><td>认识角</td><td>授课教师</td><td>蓝小满</td></tr>
    <tr><td>教学目标</td><td colspan="3"><p>1. 会找角。</p><p>2. 会<b>画角</b>。</p></td></tr>
    <tr><td rowspan="3">教学过程</td><td>教师活动</td><td>学生活动</td><td>设计意图</td></tr>
    <tr><td>出示剪刀</td><td>指一指</td><td>从身边的物开始</td></tr><tr><td>教画角</td><td>画一画</td><td>先顶点后边</td></tr>
    <tr><td>板书设计</td><td colspan="3"><ul><li>顶点</li><li>两条边</li></ul></td></tr></table></body></html>`);
  const found = await imported(table);
  expect([found.title, found.header.teacher]).toEqual(["认识角", "蓝小满"]);
  expect(wordsBySection(found)).toMatchObject({ objectives: "1. 会找角。\n2. 会画角。", "board_plan.p1": "顶点\n两条边" });
  expect(wordsBySection(found)["process.p1"]?.split(/\n+/)).toEqual(["教师活动", "学生活动", "设计意图", "出示剪刀", "指一指", "从身边的物开始", "教画角", "画一画", "先顶点后边"]);

  const lines = await converted("docx", "plan2.html", "<html><body><h1>一、教学目标</h1><ol><li>会量</li><li>会算</li></ol><h1>二、教学过程</h1><h2>导入</h2><p>量<i>课桌</i>。</p><h1>三、安全提示</h1><p>小心剪刀。</p></body></html>");
  expect(wordsBySection(await imported(lines))).toEqual({ objectives: "会量\n会算", "process.p1": "导入\n量课桌。", other: "三、安全提示\n小心剪刀。" });
});

test.skipIf(!office)("LibreOffice: it opens what we export, prints it, and saves it so that we read the same again", LONG, async () => {
  const plan = aPlanOnPaper(decimalMeaning);
  const bytes = await exportPlan(plan);
  const ours = await imported(bytes);
  const theirs = await imported(await converted("docx", "ours.docx", bytes));
  expect(theirs.header).toEqual(ours.header);
  expect(wordsBySection(theirs)).toEqual(wordsBySection(ours));
  const pdf = await converted("pdf", "ours.docx", bytes);
  expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
  const text = spawnSync("pdftotext", ["-layout", "-", "-"], { input: pdf, encoding: "utf8" });
  if (text.error) return; // poppler is not there: that it prints at all was seen
  const printed = text.stdout.replace(/\s/g, "");
  for (const words of ["授课教师", "王静", "教学过程", "板书设计", "教学反思", plan.title]) expect(printed).toContain(words);
  expect(text.stdout.split("\f").length - 1).toBeGreaterThan(1);
  expect(allWords(ours)).toContain(plan.title);
});

/** Another format of a file by LibreOffice, with a profile of its own. */
async function converted(format: string, name: string, content: string | Uint8Array): Promise<Buffer> {
  const folder = aFolder();
  writeFileSync(join(folder, name), content);
  const out = join(folder, "out");
  const filter = format === "docx" ? "docx:MS Word 2007 XML" : format;
  const input = name.endsWith(".html") ? ["--infilter=HTML (StarWriter)"] : [];
  const child = spawn("soffice", [`-env:UserInstallation=file://${folder}/profile`, "--headless", ...input, "--convert-to", filter, "--outdir", out, join(folder, name)], { stdio: "ignore" });
  await new Promise<void>((resolve, reject) => child.on("error", reject).on("exit", () => resolve()));
  return readFileSync(join(out, name.replace(/\.\w+$/, `.${format}`)));
}
