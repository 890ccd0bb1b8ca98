export const PEOPLE = new Map([["lin", "林雨桐"], ["he", "何立夏"], ["zhou", "周文澜"]]);

/** 周文澜 reads and comments; the others write. */
export const READERS = new Set(["zhou"]);

export const SECTIONS = [
  { key: "key_points", title: "教学重点", help: "这节课一定要让学生明白的一两件事", required: true },
  { key: "difficult_points", title: "教学难点", help: "学生容易在哪里糊涂，为什么", required: true },
  { key: "process.p1", title: "教学过程 · 第一课时", help: "环节、教师活动、学生活动、设计意图", required: true },
  { key: "blackboard", title: "板书设计", help: "黑板上留下什么", required: false },
];
