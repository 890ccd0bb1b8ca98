import * as docx from "docx";
import { expect, test } from "vitest";
import { aWordFile, allWords, cell, headingLine, imported, line, row, sectionWords, wordsBySection, wordTable } from "#tests/plans/word-files.ts";

test("a plan of headings and bold, numbered lines falls into its sections", async () => {
  const found = await imported(
    await aWordFile([
      new docx.Paragraph({ text: "《分数的意义》教学设计", alignment: docx.AlignmentType.CENTER, heading: docx.HeadingLevel.TITLE }),
      line("执教：王静　　班级：五（1）班　　授课时间：2026年3月12日　课时：2课时"),
      line("一、教材分析", { bold: true }),
      line("学生三年级初步认识过分数。"),
      line("二、学情分析：多数学生会平均分一个物体。", { bold: true }),
      line("三、教学目标", { bold: true }),
      line("1．认识单位“1”。"),
      line("2．知道分数单位。"),
      line("四、教学重难点", { bold: true }),
      line("教学重点：理解单位“1”。难点：把多个物体看作一个整体。"),
      line("五、教具学具", { bold: true }),
      line("圆片、绳子。"),
      line("六、教学过程", { bold: true }),
      line("第一课时", { bold: true }),
      line("（一）导入", { bold: true }),
      line("出示一根绳。"),
      line("七、板书设计", { bold: true }),
      line("分数的意义"),
      line("第二课时", { bold: true }),
      line("（一）复习"),
      line("板书设计："),
      line("分数单位"),
      line("八、拓展资源", { bold: true }),
      line("《数学王国》第三集。"),
      line("九、课后反思", { bold: true }),
      line("圈的办法管用。"),
    ]),
  );
  expect(found.title).toBe("分数的意义");
  expect(found.header).toEqual({ teacher: "王静", className: "五（1）班", taughtOn: "2026年3月12日", periods: "2课时" });
  expect(wordsBySection(found)).toEqual({
    textbook_analysis: "学生三年级初步认识过分数。",
    learner_analysis: "多数学生会平均分一个物体。",
    objectives: "1．认识单位“1”。\n2．知道分数单位。",
    key_points: "理解单位“1”。",
    difficult_points: "把多个物体看作一个整体。",
    preparation: "圆片、绳子。",
    "process.p1": "（一）导入\n出示一根绳。",
    "board_plan.p1": "分数的意义",
    "process.p2": "（一）复习",
    "board_plan.p2": "分数单位",
    other: "八、拓展资源\n《数学王国》第三集。",
    reflection: "圈的办法管用。",
  });
  expect(found.sections.map((section) => section.key).slice(-3)).toEqual(["board_plan.p2", "reflection", "other"]);
});

test("a plan in one big table falls into its sections, its process into one table a period", async () => {
  const found = await imported(
    await aWordFile([
      new docx.Paragraph({ text: "杭州市某小学集体备课", alignment: docx.AlignmentType.CENTER }),
      wordTable(
        row(cell("课　题"), cell("植树问题", { columnSpan: 3 }), cell("课时"), cell("1")),
        row("授课教师", "李芳", "班级", "五（3）班", "授课时间", "5月6日"),
        row("学校", "文一小学", "学科", "数学", "课型", "新授"),
        row(cell("教\n学\n目\n标"), cell("1. 探索间隔数与棵数。\n2. 会用模型。", { columnSpan: 5 })),
        row(cell("教学重难点", { rowSpan: 2 }), cell("重点"), cell("发现规律", { columnSpan: 4 })),
        row(cell("难点"), cell("两端不种", { columnSpan: 4 })),
        row(cell("教学过程", { rowSpan: 3 }), cell("教学环节"), cell("教师活动", { columnSpan: 2 }), cell("学生活动"), cell("设计意图")),
        row(cell("导入"), cell("伸出手，数间隔", { columnSpan: 2 }), cell("数一数"), cell("从身边开始")),
        row(cell("作业"), cell("练习二十四第 1 题", { columnSpan: 2 }), cell("独立完成"), cell("巩固")),
        row(cell("板书设计"), cell("棵数 = 间隔数 + 1", { columnSpan: 5 })),
        row(cell("拓展资源"), cell("路灯问题", { columnSpan: 5 })),
        row(cell("教学反思"), cell("", { columnSpan: 5 })),
      ),
    ]),
  );
  expect(found.title).toBe("植树问题");
  expect(found.header).toEqual({ teacher: "李芳", className: "五（3）班", taughtOn: "5月6日", periods: "1", lessonType: "新授" });
  const words = wordsBySection(found);
  expect(words).toMatchObject({ objectives: "1. 探索间隔数与棵数。\n2. 会用模型。", key_points: "发现规律", difficult_points: "两端不种", "board_plan.p1": "棵数 = 间隔数 + 1", reflection: "" });
  expect(words.other).toBe("杭州市某小学集体备课\n学校：文一小学\n学科：数学\n拓展资源\n路灯问题");
  const process = found.sections.find((section) => section.key === "process.p1");
  expect(process?.nodes).toHaveLength(1);
  expect(process?.nodes[0]).toMatchObject({
    type: "table",
    children: [{ children: [{ headerState: 1, colSpan: 1 }, { headerState: 1 }, { headerState: 1 }, { headerState: 1 }] }, { children: [{ headerState: 0 }, {}, {}, {}] }, { children: [{}, {}, {}, {}] }],
  });
  expect(sectionWords(process?.nodes ?? []).split(/\n+/)).toEqual(["教学环节", "教师活动", "学生活动", "设计意图", "导入", "伸出手，数间隔", "数一数", "从身边开始", "作业", "练习二十四第 1 题", "独立完成", "巩固"]);
});

test("a document without any name that we know is kept whole", async () => {
  const found = await imported(await aWordFile([line("今天我们去春游。"), wordTable(row("甲", "乙"), row("丙", "丁")), line("回来写日记。")]));
  expect(found.notes).toEqual(["nothing_recognised"]);
  expect(found.sections.map((section) => section.key)).toEqual(["other"]);
  expect(allWords(found).split(/\n+/).filter(Boolean)).toEqual(["今天我们去春游。", "甲", "乙", "丙", "丁", "回来写日记。"]);
});

test("unrecognised headings of the same rank end a section, those below it stay inside", async () => {
  const found = await imported(
    await aWordFile([headingLine("教学过程"), headingLine("创设情境", docx.HeadingLevel.HEADING_2), line("看图。"), headingLine("家校协同"), line("请家长一起量一量。"), headingLine("板书设计"), line("周长")]),
  );
  expect(wordsBySection(found)).toEqual({ "process.p1": "创设情境\n看图。", other: "家校协同\n请家长一起量一量。", "board_plan.p1": "周长" });
  expect(found.sections[0]?.nodes[0]).toMatchObject({ type: "heading", tag: "h3" });
});
