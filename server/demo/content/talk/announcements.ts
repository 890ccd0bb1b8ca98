import type { DemoAnnouncement } from "#server/demo/content/talk.ts";

export const demoAnnouncements: readonly DemoAnnouncement[] = [
  {
    studio: "wenlan", by: "zhou-wenlan", daysAgo: 1, title: "这周起，前测先行",
    body: "从分数单元开始，每份共案的学情分析里要有自己班的几道前测题和人数。题目不必多，三四道就好，错法比正确率要紧。没有条件印卷子的学校，口头问六个孩子也算。",
  },
  {
    studio: "wenlan", by: "he-lixia", daysAgo: 4, title: "图形与几何组：教具清单请留一份便宜的",
    body: "共案的教学准备里，请给每样教具写一个村小能找到的替代品。活动木框可以用吸管，钉板可以用泡沫板和大头针。写上以后，别的学校拿去就能用。",
  },
  {
    studio: "wenlan", by: "yu-nanxing", daysAgo: 9, title: "植树问题修改稿，想听锯木头的故事",
    body: "共案已经改到第三稿。谁的学生把锯木题做错过，请把他的原话发给我，一句就行。「它们也是树吗」那一步，我想全换成孩子自己举的例子。",
  },
  {
    studio: "islands", by: "lin-tingzhou", daysAgo: 3, title: "停航那几天的研修照常",
    body: "冷空气来，周四周五班船可能停。研修改在晚上七点半，声音断了就看教案、打字，出席一样算。灯塔礁那边信号弱，乐老师会提前把讨论的三个问题发到公告里。",
  },
];
