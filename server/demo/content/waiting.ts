/** A seat that is offered and not yet answered. */
export const demoInvitation = {
  studio: "wenlan",
  by: "zhou-wenlan",
  to: "lin-tingzhou",
  role: "guest_expert",
  hoursAgo: 20,
  message: "林老师，想请您做我们的指导专家，一学期来两三次就好。岛上的复式课怎么上，大家都想听您说说。",
} as const;

/** Teachers who ask to join as trainees. The islands admit at once. */
export const demoApplications = [
  { studio: "islands", by: "zhou-mingfan", hoursAgo: 40, message: "我也在岛上，想跟着看北师大版怎么教。" },
  { studio: "wenlan", by: "bei-mingsha", hoursAgo: 30, message: "海岛工作室里看到「分数的意义」的磨课，想从头跟一轮，不怕做笔记。" },
  { studio: "wenlan", by: "xu-xiaoyu", hoursAgo: 6, message: "教龄三年，第一次带五年级。分数这一单元我讲得最没有底。" },
] as const;

/** A studio that waits for its region's administrator. */
export const demoDraft = {
  by: "chen-jinghao",
  region: "330100",
  name: "杭州市小学数学「错题再教一遍」工作室",
  level: "city",
  intro: "不多讲题，只讲错题：把学生的错抄下来，攒够十条，一起想第二遍怎么教。",
  quota: { subjectLead: 5, youngTeacher: 12, trainee: null },
  recruitPolicy: "approve",
  hoursAgo: 26,
} as const;

/** A finalised plan that waits for a decision whether it is published. */
export const demoSubmission = {
  plan: "parallelogram-area",
  by: "zheng-ruochuan",
  kind: "lesson_plan",
  licence: "cc_by",
  abstract: "先数格子，再剪拼；数不成的那半格，正是要拼的理由。两课时，附前测单。",
  hoursAgo: 9,
} as const;

/** A published case that a reader put before the moderators. */
export const demoReport = { plan: "folded-fractions", by: "zhao-heyi", ground: "pupil_privacy", detail: "第二课时的照片里能看到一个孩子的姓名贴，建议裁掉再放。", hoursAgo: 4 } as const;

/** A teacher who made an account and waits for her school to confirm it. */
export const demoNewcomer = { key: "shen-zimo", name: "申子墨", school: "tinglu", hoursAgo: 3 } as const;
