import type { DemoNote } from "#server/demo/content/talk.ts";

/** Five teachers before the same lesson, each with an idea of her own, and two who are early for the next one. */
export const demoNotes: readonly DemoNote[] = [
  {
    plan: "fraction-meaning", by: "lin-yutong", submittedHoursAgo: 52,
    sections: {
      learner_analysis: [{ p: "五（3）班 40 人，我只问了一题：八个苹果的四分之一在哪里。29 人圈对，但 29 人里有 12 人说「是四分之二」，因为圈里有两个。会圈不等于会说，我想把重心放在说上。" }],
      difficult_points: [{ p: "圈里有两个苹果，却只能叫一份。我的办法是把两个苹果装进一只纸袋，袋子一扎，眼里就只剩一份了。" }],
      "process.p1": [
        { table: [["环节", "教师活动", "学生活动", "设计意图"], ["装袋（10 分）", "八个苹果装四袋，一样多。举起一袋：这是几分之几？袋里是几个？", "先说袋，再说个。", "用袋子把份变成看得见的东西"]] },
        { p: "后面还没有想好怎样从袋子走到画圈。" },
      ],
    },
  },
  {
    plan: "fraction-meaning", by: "lan-xiaoman", submittedHoursAgo: 60,
    sections: {
      preparation: [{ ul: ["真鸡蛋一盒，煮熟。", "皮筋四根。"] }],
      "process.p1": [
        { table: [["环节", "教师活动", "学生活动", "设计意图"], ["隔皮筋（12 分）", "一盒蛋，用皮筋隔出 1/4。隔错了不改，问：照你这样，能分几份？", "数自己隔出来的份，自己改。", "错的人自己走回来"]] },
      ],
    },
  },
  {
    plan: "fraction-meaning", by: "lei-mingyue", submittedHoursAgo: 49,
    sections: {
      textbook_analysis: [{ p: "我想从反面进：先给结果，再找整体。2 个苹果是一盘的 1/4，这盘有几个？北师大版就有这样的题，我们五年级的孩子也吃得下。" }],
      objectives: [{ ol: ["由一份倒推整体，说得出为什么要乘份数。"] }],
      "homework.p1": [{ p: "寄宿生晚自习题：食堂今天用掉一箱土豆的 1/5，是 6 个。猜猜箱里原来有几个，明早去问食堂阿姨。" }],
    },
  },
  {
    plan: "fraction-meaning", by: "fang-xiaohe", submittedHoursAgo: 30,
    sections: {
      key_points: [{ p: "我以为重点应放在分数单位。数得出来，才算真的认识一个数；圈圈画画三年级已经做过了。" }],
      "process.p1": [
        { table: [["环节", "教师活动", "学生活动", "设计意图"], ["折纸条数数（15 分）", "一条纸折成 8 格，一格一格往右数，数到 8/8 停不停？", "数过头，到 9/8、10/8。", "和整数一样数下去"]] },
      ],
      assessment: [{ p: "请学生从 3/8 数到 11/8，中间不断。" }],
    },
  },
  {
    plan: "fraction-meaning", by: "zhu-lingxiao", submittedHoursAgo: 27,
    sections: {
      standard: [{ p: "分数的历史不要只念一段小字。古埃及人分面包，只肯用几分之一，3 个面包 4 个人分，写成 1/2 加 1/4。我想拿这个开场。" }],
      "process.p1": [{ p: "开场：三个竹编盘、四个客人，每人得多少？允许先给每人半个，再分剩下的。学生的分法里会自己长出 1/2＋1/4。" }],
      "board_plan.p1": [{ p: "左边画埃及人的分法，右边画我们的分法，中间一个等号，下面打问号。" }],
    },
  },
  {
    plan: "circumference", by: "qian-muyun", submittedHoursAgo: 6,
    sections: {
      learner_analysis: [{ p: "我班有六个孩子在校外背过圆周率，最多背到四十位。我想请他们当记录员，专门记同学量出来的商，看看背得熟的数在现场像不像。" }],
      "process.p1": [{ p: "只用一个圆，全班四十个人量同一个圆，四十个商贴成一条线，看它们围着谁站。" }],
    },
  },
  {
    plan: "circumference", by: "lin-yutong",
    sections: {
      key_points: [{ p: "先弄清为什么要拿周长去除以直径，而不是除以半径。" }],
      "process.p1": [{ p: "导入：两辆车，轮子一大一小，都转一圈，谁走得远？（还没写完，想加一个用粉笔在轮胎上做记号的活动。）" }],
    },
  },
];
