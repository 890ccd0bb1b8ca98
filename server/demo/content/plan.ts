import type { Block } from "#app/plans/blocks.ts";

/** What a plan says once, in the order of the page. */
export interface DemoSections {
  standard: readonly Block[];
  textbook_analysis: readonly Block[];
  learner_analysis: readonly Block[];
  competencies: readonly Block[];
  objectives: readonly Block[];
  key_points: readonly Block[];
  difficult_points: readonly Block[];
  methods: readonly Block[];
  preparation: readonly Block[];
  assessment: readonly Block[];
}

/** What repeats per period. `process` begins with a table: 环节（n 分） | 教师活动 | 学生活动 | 设计意图. */
export interface DemoPeriod {
  process: readonly Block[];
  board_plan: readonly Block[];
  homework: readonly Block[];
}

export interface DemoAnswer {
  prompt: string;
  answer: string;
}

/** One lesson plan of the demonstration. Its curriculum reference names a row of `db/dictionaries/curriculum-primary-maths.csv`. */
export interface DemoPlan {
  key: string;
  title: string;
  curriculum: {
    edition: "人教版" | "北师大版";
    editionYear: 2013 | 2024;
    grade: 1 | 2 | 3 | 4 | 5 | 6;
    volume: "upper" | "lower";
    unitNo: number;
    lesson: string;
  };
  lessonType: "new" | "review" | "practice";
  periods: number;
  sections: DemoSections;
  perPeriod: readonly DemoPeriod[];
  /** Only for lessons that have been taught. */
  reflection?: readonly DemoAnswer[];
}
