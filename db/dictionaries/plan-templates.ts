import type { TemplateSection } from "../schema/curriculum.ts";

export interface ShippedTemplate {
  name: string;
  version: number;
  stage: "primary" | null;
  subject: "mathematics" | null;
  sections: readonly TemplateSection[];
}

/** The plan of a lesson as it is written and inspected in primary mathematics. */
export const SHIPPED_TEMPLATES: readonly ShippedTemplate[] = [
  {
    name: "小学数学教案",
    version: 1,
    stage: "primary",
    subject: "mathematics",
    sections: [
      section("standard", "课标要求", "Curriculum standard", 0, "摘录课程标准里与这一课有关的要求，写到学段和领域，再说说这一课要落到哪一步。", "Quote what the standard asks at this stage, and say how far this lesson takes it."),
      section("textbook_analysis", "教材分析", "Textbook analysis", 40, "这一课在单元里承接什么、为后面准备什么；例题和习题各想让学生遇到什么。", "What the lesson builds on and prepares; what each example and exercise wants pupils to meet."),
      section("learner_analysis", "学情分析", "Learner analysis", 40, "学生已经会什么、常错在哪里，依据是什么（前测、作业、课上的一句话）。", "What pupils can do, where they go wrong, and how you know."),
      section("competencies", "核心素养", "Core competencies", 0, "点出一两个素养，并说明在哪个环节看得见。", "Name one or two competencies and where in the lesson they can be seen."),
      section("objectives", "教学目标", "Learning objectives", 30, "学生能做什么、做到什么程度、怎样看出来。少用「了解」「体会」。", "What pupils will be able to do, how well, and how you will see it."),
      section("key_points", "教学重点", "Key points", 8, "这节课无论如何要让每个学生弄懂的一点。", "The one thing that every pupil must understand."),
      section("difficult_points", "教学难点", "Difficult points", 8, "学生最容易卡住的地方，以及卡住时的样子。", "Where pupils get stuck, and what it looks like."),
      section("methods", "教学方法", "Methods", 0, "用什么方式学、为什么适合这一课。", "How pupils will work, and why it suits this lesson."),
      section("preparation", "教学准备", "Preparation", 0, "教具、学具、课件，数量写清楚，村小也能备齐的另写一份。", "Materials and how many; an alternative that any school can get."),
      section("process", "教学过程", "Teaching process", 80, "一行一个环节：教师做什么、学生做什么、为什么这样。环节后面写上分钟数。", "One step per row: what the teacher does, what pupils do, and why. Put the minutes beside each step.", true),
      section("board_plan", "板书设计", "Board plan", 4, "下课时黑板上留下什么，按位置写出来。", "What stays on the board at the end, laid out as it stands.", true),
      section("homework", "作业设计", "Homework design", 10, "分层：人人要做的、可以选做的、想挑战的。每题写一句意图。", "In tiers: for everybody, optional, a challenge; one line of intent each.", true),
      section("assessment", "教学评价", "Assessment", 0, "对着目标写：课上看什么、问什么、收什么，就知道学会了。", "Against the objectives: what you will look at, ask and collect to know."),
    ],
  },
  {
    name: "通用教案（简）",
    version: 1,
    stage: null,
    subject: null,
    sections: [
      section("learner_analysis", "学情分析", "Learner analysis", 0, "学生已经会什么、常错在哪里。", "What pupils can do and where they go wrong."),
      section("objectives", "教学目标", "Learning objectives", 20, "学生能做什么、做到什么程度。", "What pupils will be able to do, and how well."),
      section("key_points", "教学重点", "Key points", 8, "每个学生都要弄懂的一点。", "The one thing that every pupil must understand."),
      section("difficult_points", "教学难点", "Difficult points", 8, "最容易卡住的地方。", "Where pupils get stuck."),
      section("process", "教学过程", "Teaching process", 60, "一行一个环节，写上分钟数。", "One step per row, with its minutes.", true),
      section("board_plan", "板书设计", "Board plan", 0, "下课时黑板上留下什么。", "What stays on the board.", true),
      section("homework", "作业设计", "Homework design", 0, "人人要做的和可以选做的。", "For everybody, and optional.", true),
    ],
  },
];

function section(key: string, zh: string, en: string, minChars: number, helpZh: string, helpEn: string, perPeriod = false): TemplateSection {
  return { key, label: { "zh-CN": zh, en }, required: minChars > 0, minChars, help: { "zh-CN": helpZh, en: helpEn }, ...(perPeriod && { perPeriod: true }) };
}
