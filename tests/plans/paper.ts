import { nodesFromBlocks } from "#app/plans/content.ts";
import type { PlanExport } from "#app/plans/word-layout.ts";
import type { DemoPlan } from "#server/demo/content/plan.ts";

const LABELS: Record<string, string> = {
  standard: "课标要求", textbook_analysis: "教材分析", learner_analysis: "学情分析", competencies: "核心素养", objectives: "教学目标", key_points: "教学重点", difficult_points: "教学难点",
  methods: "教学方法", preparation: "教学准备", process: "教学过程", board_plan: "板书设计", homework: "作业设计", assessment: "教学评价",
};

/** A plan of the demonstration as it goes to paper. */
export function aPlanOnPaper(demo: DemoPlan): PlanExport {
  const once = Object.entries(demo.sections).map(([key, blocks]) => ({ key, label: LABELS[key] ?? key, nodes: nodesFromBlocks(blocks) }));
  const periods = demo.perPeriod.flatMap((period, at) =>
    Object.entries(period).map(([key, blocks]) => ({ key: `${key}.p${at + 1}`, label: demo.periods === 1 ? (LABELS[key] ?? key) : `${LABELS[key]} · 第${"一二三"[at]}课时`, nodes: nodesFromBlocks(blocks) })),
  );
  return {
    title: demo.title,
    header: { teacher: "王静", className: "五（1）班", taughtOn: "2026 年 3 月 12 日", periods: `${demo.periods} 课时`, lessonType: "新授" },
    edition: "人教版五年级下册",
    sections: [...once, ...periods, { key: "reflection", label: "教学反思", nodes: nodesFromBlocks([]) }],
    imageBytes: async () => undefined,
  };
}
