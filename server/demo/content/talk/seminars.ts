import type { DemoSeminar } from "#server/demo/content/talk.ts";
import { fractionMeaningRoundOne } from "#server/demo/content/talk/seminar-fraction.ts";
import { triangleAnglesPolish } from "#server/demo/content/talk/seminar-triangle.ts";

export const demoSeminars: readonly DemoSeminar[] = [
  fractionMeaningRoundOne,
  triangleAnglesPolish,
  toCome({
    key: "fraction-meaning-round-two", studio: "wenlan", plan: "fraction-meaning", kind: "prep_discussion",
    title: "磨课研讨：分数的意义（第二次）", startsInHours: 0.4, minutes: 90, host: "chen-jinghao", speakers: ["lin-yutong", "he-lixia", "lan-xiaoman"], capacity: 40,
    agenda: [
      { title: "看两个班的试问：剩下的七个算几份", minutes: 15, section: "process.p1" },
      { title: "说难点：份和个，谁先出场", minutes: 25, section: "difficult_points" },
      { title: "第二课时数线，要不要先折后估", minutes: 25, section: "process.p2" },
      { title: "三颗星怎么评，定稿前还差什么", minutes: 25, section: "assessment" },
    ],
  }),
  toCome({
    key: "number-sense-live", studio: "wenlan", kind: "master_live",
    title: "名师直播：大单元下的数的认识", startsInHours: 44, minutes: 60, host: "zhou-wenlan", speakers: ["zhou-wenlan", "xu-wendi"], capacity: 5000,
    agenda: [
      { title: "从一捆小棒到一条数线：单位是怎样长出来的", minutes: 25 },
      { title: "四节课的片段：11~20、小数、分数、百分数", minutes: 20 },
      { title: "答问", minutes: 15 },
    ],
  }),
  toCome({
    key: "area-blocking", studio: "wenlan", plan: "what-is-area", kind: "prep_discussion",
    title: "认识面积：那袋大小不一的正方形，留还是不留", startsInHours: 70, minutes: 45, host: "dai-yuanshan", speakers: ["zhang-qingyan", "lou-xingye"], capacity: 30,
    agenda: [
      { title: "两次试教的录音片段", minutes: 15, section: "process.p1" },
      { title: "教具怎样发，谁来出错", minutes: 20, section: "preparation" },
      { title: "分工改稿", minutes: 10 },
    ],
  }),
  toCome({
    key: "fraction-again-islands", studio: "islands", plan: "fraction-again", kind: "prep_discussion",
    title: "四条船三条出海：分数的再认识研讨", startsInHours: 51, minutes: 60, host: "zhuang-yuhui", speakers: ["gu-yifan", "fu-lanjing"], capacity: 20,
    agenda: [
      { title: "船和鱼：整体说的是谁", minutes: 25, section: "process.p1" },
      { title: "由部分画整体，收到的图怎么评", minutes: 20, section: "assessment" },
      { title: "停航期间的作业怎么交", minutes: 15, section: "homework.p1" },
    ],
  }),
];

function toCome(seminar: Omit<DemoSeminar, "chat" | "hands" | "attendance">): DemoSeminar {
  return { ...seminar, chat: [], hands: [], attendance: [] };
}
