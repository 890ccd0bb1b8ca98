/** The lesson that travels, and what its teachers write about it. */
export const LESSON = "比较分数的大小";

export const SEMINAR = "这句话由谁来说：磨一磨";

export const CASE = "比较分数的大小：从错处开始";

export const PLACE = { book: "人教版 2024 三年级 上册", unit: "分数的初步认识" };

/** The common plan as the lead preparer first writes it: every required section. 难点 is only found inside 重难点, in the analysis of the textbook. */
export const COMMON_PLAN: Readonly<Record<string, string>> = {
  教材分析: "学生刚认识几分之一和几分之几。本课先比分子是1的分数，再比同分母的分数，为以后学通分打底。重难点都落在一句话上：分的份数越多，每一份越小。",
  学情分析: "前测四十人，有十七人认为八分之一比四分之一大，理由都是八比四大。学生会折会涂，但很少把两张纸叠在一起比。",
  教学目标: "能借助折纸和涂色比较两个分数的大小，并用自己的话说出理由，说错时能用图改过来。",
  教学重点: "借助图形比较两个分数的大小。",
  教学难点: "份数越多，每一份反而越小。",
  板书设计: "分母大，份数多，一份小。",
  作业设计: "人人做：第三题，涂一涂再比。选做：找一找家里平均分的东西。",
};

/** The process of the lesson, in the table that the template gives: what the teacher does, what pupils do, and why. */
export const PROCESS: readonly (readonly [step: string, ...cells: string[]])[] = [
  ["导入", "问：二分之一张饼和四分之一张饼，哪块大？", "先猜，举手表态。", "让错的想法说出来。"],
  ["新授", "发同样大的两张圆纸，请大家折一折、剪一份。", "一张对折一次，一张对折两次，叠起来比。", "用手看见份数越多一份越小。"],
  ["练习", "出示五分之二和五分之三。", "涂一涂，说出理由。", "从一份走到几份。"],
];

/** Each co-preparer's own draft, hidden until all are opened at one instant. */
export const DRAFTS = {
  lead: { 学情分析: "我班学生把分母当成大小来比，八分之一写成比四分之一大，要先让他们动手折一折。" },
  master: { 教学过程: "从错误出发：把学生的错题贴在黑板上，请大家当小老师，说说错在哪里、怎样用图改过来。" },
};

/** A worksheet as it lies on a teacher's computer. */
export const WORKSHEET = { name: "比一比学习单.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n") };
