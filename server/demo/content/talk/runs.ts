import type { DemoRun } from "#server/demo/content/talk.ts";

export const demoRuns: readonly DemoRun[] = [
  {
    plan: "letters-for-numbers", by: "lan-xiuzhi", classLabel: "五（1）班", daysAgo: 36,
    changed: "盒子里原写 12 支，临时改成 7 支，数字小些，好让「x＋5」自己抢风头。月球的数据卡没用上，口头说了。",
  },
  {
    plan: "letters-for-numbers", by: "lin-yutong", classLabel: "五（3）班", daysAgo: 30,
    changed: "年龄改成我和班里最小的孩子，差 18 岁。另设字母的人果然多了，讨论用了 9 分钟。",
    reflection: [
      { prompt: "哪一步学生最意外？", section: "process.p1", answer: "他们不肯相信我也有 a 岁的时候。算到 a＝0，有人喊「那时候老师十八」，全班安静地想了一下。" },
      { prompt: "下次先改什么？", section: "homework.p1", answer: "小棒题放到课上做前两步。回家做的，一半是家长写的式子。" },
    ],
  },
  {
    plan: "half-to-fraction", by: "lan-xiaoman", classLabel: "三年级（与二年级合班）", daysAgo: 41,
    changed: "年糕换成了一块豆腐，食堂当天有。刀还是我拿。",
  },
  {
    plan: "triangle-angles", by: "zheng-ruochuan", classLabel: "四（2）班", daysAgo: 12,
    changed: "「两个直角」那一问提到最前面，用它代替大小三角尺的对话，因为昨天有孩子已经问了。",
  },
  {
    plan: "triangle-angles", by: "zhang-qingyan", classLabel: "四（4）班", daysAgo: 9,
    changed: "没有做长方形对分，时间不够，改成课后小黑板，第二天早读看。",
    reflection: [
      { prompt: "哪一步学生最意外？", section: "process.p1", answer: "撕角前没有标号的四个小组，拼出来的是三个撕口朝外的花。他们笑完自己去拿笔画弧，我一句话也没说。" },
      { prompt: "哪一栏要改？", section: "preparation", answer: "三角形要用厚一点的彩纸。作业纸太软，撕下来的角卷着，拼不成平的。" },
    ],
  },
  {
    plan: "line-chart", by: "wu-haiping", classLabel: "五年级", daysAgo: 2,
    changed: "停航那天上的课，浪高换成当天早上海事站真报的数。14 时的数上课时还没有出来，就拿它来预测，放学时对答案，差 0.2 米。",
  },
  {
    plan: "egg-box", by: "lan-xiaoman", classLabel: "三、五年级复式", daysAgo: 20,
    changed: "原想三年级先讲，家豪那天情绪不好，改成他先来发蛋，发到谁面前谁说个数。",
  },
  {
    plan: "egg-box", by: "mao-yuanxi", classLabel: "五年级（三人）", daysAgo: 13,
    changed: "我这里没有三年级，请四年级的两个孩子当听众。蛋换成板栗，十二颗装在蛋盒里。",
    reflection: [
      { prompt: "哪一步学生最意外？", section: "process.p1", answer: "板栗有大有小，孩子不肯承认 1/4 是三颗，要先挑大小。为了匀不匀，吵了六分钟，比分数本身还热闹。" },
      { prompt: "下次先改什么？", section: "preparation", answer: "要么换回蛋，要么就把「个数匀」还是「轻重匀」当成题目来问。" },
    ],
  },
  {
    plan: "folded-fractions", by: "hu-boshui", classLabel: "三（1）班", daysAgo: 190,
    changed: "圆纸没有用，正方形折到第三次已经够他们想的了。",
  },
];
