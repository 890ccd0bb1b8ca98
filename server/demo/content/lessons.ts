export type DemoStage = "planned" | "individual_draft" | "discussion" | "revision" | "finalised" | "taught" | "reflecting" | "archived";

/** How far each plan has travelled, and with whom. A plan without a studio was written by one teacher alone. */
export interface DemoLesson {
  plan: string;
  owner: string;
  studio?: string;
  group?: string;
  stage?: DemoStage;
  coPreparers: readonly string[];
  /** What was published of it. */
  resource?: {
    kind: "lesson_plan" | "teaching_case";
    licence: "cc_by" | "cc_by_sa" | "cc_by_nc" | "province_edu" | "studio_only" | "all_rights";
    abstract: string;
    /** People who took a copy of their own. */
    takenBy: readonly string[];
  };
}

export const demoLessons: readonly DemoLesson[] = [
  {
    plan: "fraction-meaning", owner: "chen-jinghao", studio: "wenlan", group: "algebra", stage: "discussion",
    coPreparers: ["he-lixia", "lin-yutong", "lan-xiaoman", "lei-mingyue", "fang-xiaohe", "ye-linxi", "zhu-lingxiao"],
  },
  {
    plan: "parallelogram-area", owner: "zheng-ruochuan", studio: "wenlan", group: "geometry", stage: "finalised",
    coPreparers: ["lin-yutong", "qian-muyun", "hong-yanqiu", "tong-anran"],
  },
  {
    plan: "letters-for-numbers", owner: "lan-xiuzhi", studio: "wenlan", group: "algebra", stage: "archived",
    coPreparers: ["lin-yutong", "yan-huaijin", "ye-linxi"],
    resource: {
      kind: "teaching_case", licence: "cc_by",
      abstract: "一只摇得响的盒子，把「x＋5 已经是答案」争了一节课。附学生四种写法的照片说明与课后反思。",
      takenBy: ["zhao-heyi", "lai-chunxiao", "ye-haitang", "wang-zhiruo", "yu-shuyao"],
    },
  },
  {
    plan: "circumference", owner: "he-lixia", studio: "wenlan", group: "geometry", stage: "individual_draft",
    coPreparers: ["qian-muyun", "lin-yutong", "zhang-qingyan", "lou-xingye", "hong-yanqiu", "hu-zhixing"],
  },
  {
    plan: "half-to-fraction", owner: "lan-xiaoman", studio: "wenlan", group: "algebra", stage: "archived",
    coPreparers: ["lei-mingyue", "feng-sujin"],
    resource: {
      kind: "teaching_case", licence: "cc_by",
      abstract: "孩子画的「一半」有大有小，那是生活；叠得上的一半，才是数学。三年级上册，新修订教材。",
      takenBy: ["lan-yinqing", "su-wangchao", "ma-wenqian"],
    },
  },
  { plan: "what-is-area", owner: "dai-yuanshan", studio: "wenlan", group: "geometry", stage: "revision", coPreparers: ["zhang-qingyan", "tong-anran", "lou-xingye"] },
  {
    plan: "distributive-law", owner: "lan-xiuzhi", studio: "wenlan", group: "algebra", stage: "finalised",
    coPreparers: ["fang-xiaohe", "yan-huaijin", "ye-linxi"],
    resource: {
      kind: "lesson_plan", licence: "province_edu",
      abstract: "把二年级的 7 个 3、三年级的竖式和长方形周长请回来，分配律原来早就认识。",
      takenBy: ["sheng-ningxia", "dong-liangce"],
    },
  },
  {
    plan: "triangle-angles", owner: "zheng-ruochuan", studio: "wenlan", group: "geometry", stage: "archived",
    coPreparers: ["qian-muyun", "zhang-qingyan", "hu-zhixing", "tong-anran"],
    resource: {
      kind: "teaching_case", licence: "cc_by_nc",
      abstract: "人人都背得出 180°，这节课只问一句：你为什么相信。量、撕、推三层，附一束从直尺底下漏出来的光。",
      takenBy: ["luo-qianhe", "zhan-yunshu", "yuan-jiaqi", "ding-yiheng"],
    },
  },
  { plan: "decimal-meaning", owner: "xu-wendi", studio: "wenlan", group: "algebra", stage: "planned", coPreparers: ["yan-huaijin", "fang-xiaohe"] },
  {
    plan: "line-chart", owner: "wu-haiping", studio: "wenlan", group: "statistics", stage: "taught",
    coPreparers: ["ruan-tinglan", "jin-zhaonan", "bao-xuelan"],
    resource: {
      kind: "lesson_plan", licence: "cc_by_sa",
      abstract: "一个航次的浪高，先替船老大做决定，再画图，再改决定。两张刻度不同的图放在一起，学会先看轴。",
      takenBy: ["zhang-hanshuang", "lou-shengnan"],
    },
  },
  { plan: "eleven-to-twenty", owner: "xu-wendi", studio: "wenlan", group: "algebra", stage: "discussion", coPreparers: ["feng-sujin", "lei-mingyue", "zhu-lingxiao"] },
  { plan: "first-angles", owner: "zheng-ruochuan", studio: "wenlan", group: "geometry", stage: "individual_draft", coPreparers: ["lou-xingye", "hong-yanqiu"] },
  { plan: "tree-planting", owner: "yu-nanxing", studio: "wenlan", group: "practice", stage: "revision", coPreparers: ["tu-baizhi", "mao-yuanxi", "ni-fangzhou"] },
  { plan: "ratio-meaning", owner: "qian-muyun", coPreparers: [] },
  { plan: "fraction-again", owner: "zhuang-yuhui", studio: "islands", group: "island-numbers", stage: "discussion", coPreparers: ["gu-yifan", "fu-lanjing"] },
  {
    plan: "egg-box", owner: "lan-xiaoman", studio: "wenlan", group: "algebra", stage: "reflecting",
    coPreparers: ["mao-yuanxi", "he-lixia"],
    resource: {
      kind: "teaching_case", licence: "cc_by_nc",
      abstract: "六个学生，两个年级，一张桌子。一盒鸡蛋隔出四分之一，三年级的孩子说「每份胖了」。",
      takenBy: ["wu-suyue", "zhou-mingfan", "zheng-xiaotian", "zhong-yating"],
    },
  },
  {
    plan: "folded-fractions", owner: "hu-boshui", studio: "islands", group: "island-numbers", stage: "archived",
    coPreparers: ["zhuang-yuhui"],
    resource: {
      kind: "teaching_case", licence: "cc_by",
      abstract: "三次对折打开是八份，全班十五个人猜六份。最后拆一只纸船。北师大版三年级下册。",
      takenBy: ["tong-haiyan", "yu-boyan"],
    },
  },
  {
    plan: "teens-minus", owner: "feng-sujin", studio: "wenlan", group: "algebra", stage: "finalised",
    coPreparers: ["xu-wendi", "zhu-lingxiao"],
    resource: {
      kind: "lesson_plan", licence: "studio_only",
      abstract: "一年级练习课。先给错题看病，再让四种算法同台，计时只和自己比。",
      takenBy: ["pan-zhuqing"],
    },
  },
  {
    plan: "polygons-review", owner: "dai-yuanshan", studio: "wenlan", group: "geometry", stage: "finalised",
    coPreparers: ["tong-anran", "hong-yanqiu"],
    resource: {
      kind: "lesson_plan", licence: "all_rights",
      abstract: "拖动梯形的上底，五个面积公式合成一个。附检测卷上的五种错例。",
      takenBy: [],
    },
  },
];
