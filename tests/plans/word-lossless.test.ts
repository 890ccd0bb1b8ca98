import * as docx from "docx";
import fc from "fast-check";
import { expect, test } from "vitest";
import { rawWord, W, wordXml } from "#tests/files/raw-zip.ts";
import { allWords, aWordFile, imported, row, sectionWords, wordsBySection, wordTable } from "#tests/plans/word-files.ts";

/** Names that we know, names that we do not, and lines that only look like names; `#` becomes a word that occurs once in the document. */
const LINES = ["#", "教学目标", "一、教学目标：#", "二、教学重难点", "教学重点：#。教学难点：#。", "重点：#", "（一）导入#", "第二课时", "第二课时 #", "教学过程（#）", "【板书设计】#", "课题：#", "执教：#　班级：#", "三、拓展#", "作业", "1. #", "教师活动", "#：#", "　　#", "：#", "第#课时"];
const CELLS = [...LINES, "学生活动", "设计意图", "教学环节", "", "难点", "课时"];

interface Made {
  words: string[];
}
type Piece = { kind: "line"; pattern: string; bold: boolean; level: number; list: boolean; cut: number } | { kind: "table"; rows: { cells: string[]; merged: boolean; inner: boolean }[] };

const piece: fc.Arbitrary<Piece> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("line" as const), pattern: fc.constantFrom(...LINES), bold: fc.boolean(), level: fc.integer({ min: 0, max: 4 }), list: fc.boolean(), cut: fc.integer({ min: 1, max: 6 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("table" as const), rows: fc.array(fc.record({ cells: fc.array(fc.constantFrom(...CELLS), { minLength: 1, maxLength: 4 }), merged: fc.boolean(), inner: fc.boolean() }), { minLength: 1, maxLength: 5 }) }) },
);

test("every word of a document is somewhere in what was read, whatever its form", { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 14 }), async (pieces) => {
      const made: Made = { words: [] };
      const bytes = await aWordFile(pieces.map((one) => fileChild(one, made)), { numbering: { config: [{ reference: "数", levels: [{ level: 0, format: docx.LevelFormat.DECIMAL, text: "%1." }] }] } });
      const said = allWords(await imported(bytes)).replace(/\s/g, "");
      expect(made.words.filter((word) => !said.includes(word))).toEqual([]);
    }),
    { numRuns: 120 },
  );
});

test("headers, footnotes, text boxes, comments, insertions, equations, ruby, fields and symbols are kept; what was deleted is not", async () => {
  const run = (words: string) => `<w:r><w:t>${words}</w:t></w:r>`;
  const M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"';
  const m = (inner: string) => `<m:r><m:t>${inner}</m:t></m:r>`;
  const body = [
    `<w:p>${run("教学目标")}</w:p>`,
    `<w:p><w:ins w:id="1" w:author="a">${run("插入的话")}</w:ins><w:del w:id="2" w:author="a"><w:r><w:delText>删去的话</w:delText></w:r></w:del><w:r><w:footnoteReference w:id="2"/></w:r></w:p>`,
    `<w:p><m:oMath ${M}><m:f><m:num>${m("a+b")}</m:num><m:den>${m("2")}</m:den></m:f></m:oMath>${run("与")}<m:oMath ${M}><m:sSup><m:e>${m("x")}</m:e><m:sup>${m("2")}</m:sup></m:sSup><m:rad><m:radPr><m:degHide m:val="1"/></m:radPr><m:deg/><m:e>${m("3")}</m:e></m:rad></m:oMath></w:p>`,
    `<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>EQ \\f(3,\\r(,2))</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`,
    `<w:p><w:r><w:ruby><w:rt>${run("hàn")}</w:rt><w:rubyBase>${run("汉")}</w:rubyBase></w:ruby></w:r><w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r></w:p>`,
    `<w:p><w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textbox><w:txbxContent><w:p>${run("框里的话")}</w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>${run("框边的话")}</w:p>`,
    `<w:sdt><w:sdtContent><w:p>${run("控件里的话")}</w:p></w:sdtContent></w:sdt>`,
  ].join("");
  const R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const relations = ["header", "footnotes", "comments"].map((type) => `<Relationship Id="r${type}" Type="${R}/${type}" Target="${type}.xml"/>`).join("");
  const part = (name: string, root: string, inner: string) => ({ name: `word/${name}.xml`, bytes: Buffer.from(`<w:${root} ${W}>${inner}</w:${root}>`) });
  const found = await imported(
    rawWord(wordXml(body), [
      { name: "word/_rels/document.xml.rels", bytes: Buffer.from(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${relations}</Relationships>`) },
      part("header", "hdr", `<w:p>${run("运河边小学教案")}</w:p><w:p>${run("第 1 页")}</w:p>`),
      part("footnotes", "footnotes", `<w:footnote w:id="2"><w:p>${run("注里的话")}</w:p></w:footnote>`),
      part("comments", "comments", `<w:comment w:id="0" w:author="王老师"><w:p>${run("这里太难")}</w:p></w:comment>`),
    ]),
  );
  expect(wordsBySection(found)).toEqual({
    objectives: "插入的话[注2]\n[注2] 注里的话\n(a+b)/2与x^2√(3)\n3/(√(2))\n汉(hàn)✓\n框边的话\n框里的话\n控件里的话",
    other: "页眉和页脚\n运河边小学教案\n批注\n王老师：这里太难",
  });
  expect([...found.notes].sort()).toEqual(["comments", "equations", "footnotes", "headers_footers", "text_boxes", "tracked_changes"]);
});

test("automatic numbers, which are in no run of text, are written out where a list could not show them", async () => {
  const numbering = { config: [
    { reference: "节", levels: [{ level: 0, format: docx.LevelFormat.CHINESE_COUNTING, text: "%1、" }] },
    { reference: "圈", levels: [{ level: 0, format: docx.LevelFormat.DECIMAL_ENCLOSED_CIRCLE, text: "%1" }] },
    { reference: "数", levels: [{ level: 0, format: docx.LevelFormat.DECIMAL, text: "%1." }] },
  ] };
  const item = (reference: string, words: string) => new docx.Paragraph({ text: words, numbering: { reference, level: 0 } });
  const found = await imported(await aWordFile([item("节", "教学目标"), item("数", "会数"), item("数", "会写"), item("节", "教学过程"), item("圈", "导入"), item("圈", "新授"), item("节", "拓展阅读"), item("数", "看书")], { numbering }));
  expect(Object.fromEntries(found.sections.map((section) => [section.key, sectionWords(section.nodes)]))).toEqual({ objectives: "会数\n会写", "process.p1": "①导入\n②新授", other: "三、拓展阅读\n看书" });
  expect(found.sections[0]?.nodes).toMatchObject([{ type: "list", listType: "number", start: 1, children: [{ value: 1 }, { value: 2 }] }]);
});

function fileChild(one: Piece, made: Made): docx.FileChild {
  if (one.kind === "line") {
    const words = filled(one.pattern, made);
    // Word cuts a line into runs wherever it likes.
    const runs = words.match(new RegExp(`[\\s\\S]{1,${one.cut}}`, "g")) ?? [];
    return new docx.Paragraph({
      children: runs.map((run) => new docx.TextRun({ text: run, bold: one.bold })),
      ...(one.level === 1 ? { heading: docx.HeadingLevel.HEADING_1 } : one.level === 2 ? { heading: docx.HeadingLevel.HEADING_2 } : one.level === 3 ? { alignment: docx.AlignmentType.CENTER } : {}),
      ...(one.list ? { numbering: { reference: "数", level: 0 } } : {}),
    });
  }
  return wordTable(
    ...one.rows.map(({ cells, merged, inner }) =>
      row(...cells.map((pattern, at) => {
        const children: docx.FileChild[] = filled(pattern, made).split("\n").map((words) => new docx.Paragraph(words));
        if (inner && at === cells.length - 1) children.push(wordTable(row(filled("#", made), filled("教师活动", made)), row(filled("#", made), filled("#", made))));
        return new docx.TableCell({ columnSpan: merged && at === cells.length - 1 ? 5 - cells.length : 1, rowSpan: merged && at === 0 && cells.length > 1 ? 2 : 1, children: children as docx.Paragraph[] }); // the library's type leaves out nested tables
      })),
    ),
  );
}

/** Each `#` becomes 词1词, 词2词, … in its order. */
function filled(pattern: string, made: Made): string {
  return pattern.replaceAll("#", () => {
    const word = `词${made.words.length + 1}词`;
    made.words.push(word);
    return word;
  });
}
