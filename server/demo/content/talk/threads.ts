import type { DemoThread } from "#server/demo/content/talk.ts";

export const demoThreads: readonly DemoThread[] = [
  {
    plan: "fraction-meaning", section: "difficult_points", quote: "份数与每份的个数容易混淆", by: "he-lixia", hoursAgo: 3,
    body: "我们班用的是鸡蛋，一盒 12 个，比苹果更好分。要不要给村小留一句？",
    replies: [
      { by: "chen-jinghao", hoursAgo: 2, body: "留。探究二已经换成 12 个鸡蛋，导入的苹果先不动，从 8 到 12 正好换一次整体。" },
      { by: "lan-xiaoman", hoursAgo: 1, body: "盒子自带格子，孩子就不画圈了。您想让他们画圈，可以先把蛋倒在桌上。" },
    ],
  },
  {
    plan: "fraction-meaning", section: "objectives", quote: "能用完整的一句话说出一个分数的意义", by: "zhou-wenlan", hoursAgo: 29,
    body: "「说清」怎么评？请写进评价一栏。",
    replies: [{ by: "chen-jinghao", hoursAgo: 26, body: "写了，三颗星：谁、平均分、几份。请您看看会不会太像考试。" }],
    resolved: { by: "zhou-wenlan", hoursAgo: 22 },
  },
  {
    plan: "fraction-meaning", section: "process.p1", quote: "圈一个的同学，剩下的七个算几份？", by: "lin-yutong", hoursAgo: 20, blocking: true,
    body: "我在五（3）班试问了一次，学生答「算七份」，然后就卡住了。要不要再补一句：那一共是几份？",
    replies: [
      { by: "lei-mingyue", hoursAgo: 18, body: "我们班也答七份，但有人自己接了「一加七，八份」。补问可以，等三秒再补。" },
      { by: "chen-jinghao", hoursAgo: 5, body: "今晚研讨时两种都说一遍，定下来再改教师活动。" },
    ],
  },
  {
    plan: "fraction-meaning", section: "process.p1", quote: "都是 12 个蛋，1/4 是 3 个，1/3 是 4 个，分母小的反而多？", by: "ye-linxi", hoursAgo: 19,
    body: "这句问得早了。2/4 还没有说，学生会把注意力放在比大小上。是不是挪到对照之后？",
    replies: [{ by: "fang-xiaohe", hoursAgo: 17, body: "三年级比过 1/2 和 1/4，这里旧话重提不算难。我倾向留着，但不展开。" }],
  },
  {
    plan: "fraction-meaning", section: "board_plan.p1", quote: "红圈整节课不擦", by: "wu-haiping", hoursAgo: 16,
    body: "建议把「谁的」写在红圈旁边。字在，圈在，孩子说话时眼睛有地方放。",
    replies: [{ by: "chen-jinghao", hoursAgo: 15, body: "采纳，左栏的栏目名就改成「谁的」。" }],
    resolved: { by: "chen-jinghao", hoursAgo: 15 },
  },
  {
    plan: "fraction-meaning", section: "process.p2", quote: "常见的错是把 0 到 2 整段当单位「1」", by: "xu-wendi", hoursAgo: 14,
    body: "四年级小数的数轴课也有这个错，0.5 标到整段的正中。两处可以互相提一句，我在小数的意义那份里也写上。",
    replies: [],
  },
  {
    plan: "parallelogram-area", section: "process.p1", quote: "不许用方格，只许一剪刀", by: "tong-anran", hoursAgo: 170,
    body: "有的孩子要剪两刀，把左右两个小三角都剪下来拼到上面。一刀的限制会不会把他挡在外面？",
    replies: [{ by: "zheng-ruochuan", hoursAgo: 168, body: "限制是为了让他想那一刀剪在哪里。两刀的作品收着，求证完再请他讲，算是另一条路。" }],
    resolved: { by: "tong-anran", hoursAgo: 160 },
  },
  {
    plan: "parallelogram-area", section: "learner_analysis", quote: "长方形拉斜了，边没有变", by: "qian-muyun", hoursAgo: 150,
    body: "这句话放进木框反证那一步的问题里吧，让它从哪里来，回哪里去。",
    replies: [{ by: "lin-yutong", hoursAgo: 149, body: "我们班的原话是「它只是累了，歪着」。可以一起用。" }],
    resolved: { by: "zheng-ruochuan", hoursAgo: 145 },
  },
  {
    plan: "what-is-area", section: "preparation", quote: "其中一袋正方形故意放进两种大小", by: "zhang-qingyan", hoursAgo: 40, blocking: true,
    body: "试教时拿到这袋的小组觉得被捉弄了，有个孩子生了一节课的气。能不能改成由老师自己去铺，铺错了请他们挑毛病？",
    replies: [
      { by: "dai-yuanshan", hoursAgo: 38, body: "这个反馈重要。让老师出错，比让孩子出丑好。" },
      { by: "lou-xingye", hoursAgo: 30, body: "不过孩子自己发现袋里不一样大，也挺得意。要不要在分发时说一声：有一袋有点问题，看谁先发现？" },
    ],
  },
  {
    plan: "what-is-area", section: "learner_analysis", quote: "他们对「一圈」很熟，对「一片」还陌生", by: "tong-anran", hoursAgo: 60,
    body: "「一圈」和「一片」这对词好，建议贯穿到作业里，不再混用「外面」「里面」。",
    replies: [],
    resolved: { by: "dai-yuanshan", hoursAgo: 55 },
  },
  {
    plan: "tree-planting", section: "process.p1", quote: "锯一根木头成 5 段，锯几次？", by: "mao-yuanxi", hoursAgo: 80,
    body: "我们这里的孩子真锯过柴。他们说第五段不用锯，掉下来就是。这句能不能当标准答案？",
    replies: [{ by: "yu-nanxing", hoursAgo: 78, body: "就用这句。比「段数减一」清楚多了，我把它写进学生活动。" }],
    resolved: { by: "yu-nanxing", hoursAgo: 70 },
  },
  {
    plan: "tree-planting", section: "homework.p1", quote: "挂钟 3 时敲 3 下用 4 秒，6 时敲 6 下用几秒？", by: "ni-fangzhou", hoursAgo: 50,
    body: "现在的孩子没听过挂钟报时。换成红绿灯闪、还是录一段钟声放给他们？",
    replies: [{ by: "tu-baizhi", hoursAgo: 48, body: "我录一段卫生院门口的钟，三点整，真是 4 秒多一点，可以先让他们数空。" }],
  },
  {
    plan: "triangle-angles", section: "process.p1", quote: "有人说「也许差半度」", by: "hu-zhixing", hoursAgo: 500,
    body: "这一问要是没人答，怎么接？我怕冷场。",
    replies: [{ by: "zhou-wenlan", hoursAgo: 498, body: "冷场不可怕。没人怀疑，您就替他们怀疑一回，说「我总觉得那里漏光」。" }],
    resolved: { by: "hu-zhixing", hoursAgo: 480 },
  },
  {
    plan: "letters-for-numbers", section: "learner_analysis", quote: "它没有错，但看不出两人的关系", by: "yan-huaijin", hoursAgo: 900,
    body: "同意不判错。建议课上留住 b，把 b 擦掉换成 a＋30 的那一下，由学生来擦。",
    replies: [{ by: "lan-xiuzhi", hoursAgo: 896, body: "好，粉笔交给他。" }],
    resolved: { by: "lan-xiuzhi", hoursAgo: 890 },
  },
  {
    plan: "eleven-to-twenty", section: "process.p1", quote: "左边的住在十位，它一个人抵十个。", by: "feng-sujin", hoursAgo: 12,
    body: "一年级会追问：那它吃得比别人多吗？真有孩子问过。「抵十个」改成「一捆」，会不会更稳？",
    replies: [{ by: "xu-wendi", hoursAgo: 9, body: "孩子的话先留着，您在后面拨珠子时说一遍「一捆」，两种都听得到。" }],
  },
  {
    plan: "fraction-again", section: "process.p1", quote: "四条船三条出海", by: "gu-yifan", hoursAgo: 33,
    body: "四条船大小不一样的时候，还能说 3/4 吗？我们班有人提了。按条数算可以，按装的鱼算就不行。",
    replies: [{ by: "lin-tingzhou", hoursAgo: 31, body: "问得好，放到判断那一步去，反问「你说的是谁的 3/4，船还是鱼」。" }],
  },
];
