import { demoSchools } from "#server/demo/content/schools.ts";

export interface DemoPerson {
  key: string;
  name: string;
  /** GB/T 2260: the county of the school, or the region that an officer serves. */
  county: string;
  /** Absent for officers of a region or of the system. */
  school?: string;
  stage: "primary";
  subject: "mathematics";
  /** ISO day. */
  startedTeachingOn: string;
  intro?: string;
}

export type DemoSeatRole = "master" | "subject_lead" | "young_teacher" | "trainee";

export interface DemoSeat {
  person: string;
  role: DemoSeatRole;
  group?: string;
}

export interface DemoGroup {
  key: string;
  name: string;
}

export interface DemoStudio {
  key: string;
  name: string;
  level: "province" | "city";
  /** GB/T 2260 of the city that it belongs to. */
  region: string;
  intro: string;
  quota: { subjectLead: number; youngTeacher: number };
  recruitPolicy: "open" | "approve";
  term: { no: number; from: string; to: string };
  groups: readonly DemoGroup[];
  seats: readonly DemoSeat[];
}

export interface DemoOffice {
  person: string;
  role: "region_admin" | "system_operator" | "school_coordinator" | "moderator" | "teaching_researcher";
  /** `system`, `region:<code>` or `school:<key>`. */
  scope: string;
}

const master = person("zhou-wenlan", "周文澜", "tinglu", "1994-08-20", "教了三十二年小学数学。相信错误里有路，家常课最见功夫。");

const leads: readonly DemoPerson[] = [
  person("chen-jinghao", "陈静好", "tinglu", "2004-08-20", "带数与代数组。改作业时有个习惯：错题先抄下来，攒够十条再想怎么教。"),
  person("he-lixia", "何立夏", "shege", "2006-09-01", "在畲乡教了二十年。教具多半是自己削的，竹子、鸡蛋、番薯都上过讲台。"),
  person("wu-haiping", "吴海平", "tingchao", "2008-09-01", "每天看潮汐表和气象预报，后来发现那就是最好的统计课本。"),
  person("xu-wendi", "许闻笛", "zhiyue", "2005-08-25", "关心低年级怎么开口说算理，听课时只记孩子的原话。"),
  person("zheng-ruochuan", "郑若川", "yanyu", "2009-08-20", "做过五年图形与几何的前测，手里有一千多张学生画的角。"),
  person("shen-zhiqiu", "沈知秋", "canyue", "2003-08-20", "喜欢把课外的事搬进来：蚕房、集市、公交线路。"),
  person("yu-nanxing", "俞南星", "chalong", "2010-09-01", "山里学校，一个人教过四个年级。擅长把一节课拆成孩子坐得住的几段。"),
  person("lan-xiuzhi", "蓝秀芝", "yunti", "2007-09-01", "研究运算教学，常说一句：先让他说完，再告诉他哪里没说完。"),
  person("wang-molin", "王墨林", "tangfang", "2006-08-25", "教高年级，信数据，也知道数据会骗人。"),
  person("dai-yuanshan", "戴远山", "yangmeixi", "2011-09-01", "测量与图形运动。能用一根绳子上完一节课。"),
];

const youngTeachers: readonly DemoPerson[] = [
  person("lin-yutong", "林雨桐", "tinglu", "2021-08-20", "第六年，带五（3）班。正在学着少说话。"),
  person("lan-xiaoman", "蓝小满", "yunwuao", "2018-09-01", "教学点，六个学生，两个年级一起上。"),
  person("qian-muyun", "钱慕云", "chapo", "2020-08-20", "六年级，喜欢让学生自己量。"),
  person("fang-xiaohe", "方小禾", "chaosheng", "2022-08-20"),
  person("zhang-qingyan", "章青砚", "sangying", "2019-08-20"),
  person("lou-xingye", "楼星野", "tangfang", "2021-08-25", "二年级，正在攒孩子画的角。"),
  person("jin-zhaonan", "金照南", "zhuhu", "2018-08-20"),
  person("ye-linxi", "叶临溪", "ciyuan", "2020-09-01"),
  person("tu-baizhi", "屠白芷", "yaogu", "2019-09-01", "药谷的孩子会分药材，分类课不用教具。"),
  person("ruan-tinglan", "阮听岚", "wangjiao", "2022-09-01", "海岛小学，班里十一个孩子。"),
  person("hong-yanqiu", "洪砚秋", "yantiandai", "2017-08-20"),
  person("ni-fangzhou", "倪方舟", "meiwu", "2020-08-20"),
  person("feng-sujin", "冯素锦", "zhiyue", "2021-08-20", "一年级，两个班都教过一轮。"),
  person("yan-huaijin", "严怀瑾", "yanyu", "2018-08-20"),
  person("bao-xuelan", "鲍雪澜", "qianyuan", "2019-09-01"),
  person("mao-yuanxi", "毛远溪", "shiliwu", "2021-09-01", "教学点，一人一校，什么都教一点。"),
  person("tong-anran", "童安然", "qianyu", "2022-09-01"),
  person("zhu-lingxiao", "祝凌霄", "zhuliwu", "2020-09-01"),
  person("lei-mingyue", "雷明月", "shanhai", "2019-09-01", "寄宿生多，晚自习也是课堂。"),
  person("hu-zhixing", "胡知行", "canyue", "2021-08-20"),
];

const trainees: readonly DemoPerson[] = [
  person("zhou-mingfan", "周鸣帆", "dengta", "2020-09-01"),
  person("wu-suyue", "邬素月", "yunding", "2019-09-01"),
  person("lan-yinqing", "蓝吟青", "shanhai", "2022-09-01"),
  person("zhong-yating", "钟雅婷", "yunwuao", "2024-09-01"),
  person("lei-chengyu", "雷澄宇", "shege", "2021-09-01"),
  person("lan-guifang", "蓝桂芳", "shege", "2003-09-01"),
  person("liu-wangshu", "柳望舒", "xianggu", "2020-09-01"),
  person("wu-jiahui", "吴佳卉", "xianggu", "2023-09-01"),
  person("yao-baihe", "姚柏禾", "xianggu", "2016-09-01"),
  person("ye-xiaofeng", "叶晓枫", "yunti", "2022-09-01"),
  person("chai-rong", "柴榕", "yunti", "2018-09-01"),
  person("mei-ruoxuan", "梅若轩", "ciyuan", "2021-09-01"),
  person("xiang-ziqi", "项子颀", "ciyuan", "2012-09-01"),
  person("lai-chunxiao", "赖春晓", "langqiao", "2019-09-01"),
  person("xia-yinuo", "夏一诺", "langqiao", "2023-09-01"),
  person("dong-liangce", "董良策", "langqiao", "2009-09-01"),
  person("zhao-heyi", "赵鹤一", "yunding", "2022-09-01"),
  person("zhang-hanshuang", "张含霜", "wangjiao", "2017-09-01"),
  person("su-wangchao", "苏望潮", "wangjiao", "2020-09-01"),
  person("pan-jiaying", "潘嘉映", "yanyu", "2024-08-20"),
  person("lin-haoran", "林浩苒", "yanyu", "2015-08-20"),
  person("ding-yiheng", "丁亦珩", "yudeng", "2021-09-01"),
  person("he-xiwen", "贺汐文", "yudeng", "2018-09-01"),
  person("shi-jingxing", "史景行", "meiwu", "2022-08-20"),
  person("luo-qianhe", "罗芊荷", "meiwu", "2013-08-20"),
  person("xie-mucheng", "谢牧澄", "zhiyue", "2024-08-20"),
  person("cen-yuebai", "岑月白", "zhiyue", "2019-08-20"),
  person("yu-shuyao", "余书瑶", "qianyu", "2020-09-01"),
  person("fang-dingguo", "方定国", "qianyu", "1999-09-01"),
  person("hong-xiaoshan", "洪小山", "qianyu", "2016-09-01"),
  person("jiang-linan", "江离楠", "wupeng", "2021-09-01"),
  person("xu-yangqing", "徐漾晴", "wupeng", "2018-09-01"),
  person("shao-jiamu", "邵嘉木", "sangying", "2023-08-20"),
  person("sheng-ningxia", "盛凝霞", "sangying", "2014-08-20"),
  person("sun-yiran", "孙亦然", "chaosheng", "2022-08-20"),
  person("zhan-yunshu", "占云舒", "qianyuan", "2021-09-01"),
  person("yu-chunlei", "余春雷", "qianyuan", "2007-09-01"),
  person("wang-zhiruo", "汪芷若", "qianyuan", "2019-09-01"),
  person("zheng-xiaotian", "郑晓田", "shiliwu", "2023-09-01"),
  person("mao-jinsui", "毛锦穗", "shiliwu", "2012-09-01"),
  person("chen-yanzhou", "陈砚舟", "yaogu", "2020-09-01"),
  person("kong-lingyue", "孔令月", "yaogu", "2017-09-01"),
  person("zhang-shitong", "张石桐", "yaogu", "2022-09-01"),
  person("wu-xinlan", "吴昕岚", "tangfang", "2023-08-25"),
  person("lou-shengnan", "楼胜男", "tangfang", "2011-08-25"),
  person("shou-zihan", "寿紫涵", "zhuhu", "2021-08-20"),
  person("yuan-jiaqi", "袁嘉祁", "chalong", "2019-09-01"),
  person("lv-qiushi", "吕求石", "chalong", "2008-09-01"),
  person("shi-yuchen", "石雨辰", "chalong", "2022-09-01"),
  person("pan-zhuqing", "潘竹青", "zhuliwu", "2020-09-01"),
  person("ma-wenqian", "马闻茜", "zhuliwu", "2016-09-01"),
  person("shen-youyi", "沈又一", "canyue", "2022-08-20"),
  person("zhu-hanlu", "朱寒露", "yantiandai", "2018-08-20"),
  person("ye-haitang", "叶海棠", "qingxie", "2021-09-01"),
  person("lin-chixia", "林赤霞", "qingxie", "2013-09-01"),
  person("ying-zhongyu", "应仲予", "yangmeixi", "2020-09-01"),
  person("wu-meizhu", "吴梅竹", "yangmeixi", "2017-09-01"),
  person("zhang-jianbai", "张兼白", "yangmeixi", "2023-09-01"),
  person("yu-boyan", "虞泊岩", "tingchao", "2022-09-01"),
  person("liu-shuangxi", "刘霜溪", "tingchao", "2015-09-01"),
];

const islanders: readonly DemoPerson[] = [
  person("lin-tingzhou", "林听舟", "dingzhou", "2001-08-20"),
  person("zhuang-yuhui", "庄雨回", "tingchao", "2010-09-01"),
  person("le-shanhu", "乐珊瑚", "dengta", "2014-09-01"),
  person("gu-yifan", "顾一帆", "dingzhou", "2020-08-20"),
  person("hu-boshui", "胡泊水", "tingchao", "2021-09-01", "折纸船长大的，上课也折。"),
  person("fu-lanjing", "傅澜静", "dengta", "2019-09-01"),
  person("xu-xiaoyu", "徐小屿", "dingzhou", "2023-08-20"),
  person("tong-haiyan", "童海燕", "tingchao", "2018-09-01"),
  person("bei-mingsha", "贝明沙", "dengta", "2022-09-01"),
];

const officers: readonly DemoPerson[] = [
  officer("shen-lianqing", "沈廉清", "330100"),
  officer("gao-yuan", "高原", "330100"),
  officer("tang-wanying", "唐晚樱", "330100"),
  officer("qiu-shiyan", "裘诗言", "330100", "常年听课，一学期记满三本。不打分，只写看到了什么。"),
  person("xu-meizhen", "徐梅珍", "tinglu", "1998-08-20", "听橹小学的教务，老师们的账号由她核对。"),
];

export const demoPeople: readonly DemoPerson[] = [master, ...leads, ...youngTeachers, ...trainees, ...islanders, ...officers];

export const demoOffices: readonly DemoOffice[] = [
  { person: "gao-yuan", role: "system_operator", scope: "system" },
  { person: "shen-lianqing", role: "region_admin", scope: "region:330100" },
  { person: "tang-wanying", role: "moderator", scope: "system" },
  { person: "qiu-shiyan", role: "teaching_researcher", scope: "region:330100" },
  { person: "xu-meizhen", role: "school_coordinator", scope: "school:tinglu" },
];

export const demoStudios: readonly DemoStudio[] = [
  {
    key: "wenlan",
    name: "周文澜小学数学名师工作室",
    level: "province",
    region: "330100",
    intro: "让每一节家常课都想得清楚：从学生的错误出发，备、磨、上、再改。",
    quota: { subjectLead: 10, youngTeacher: 20 },
    recruitPolicy: "approve",
    term: { no: 3, from: "2025-09-01", to: "2028-08-31" },
    groups: [
      { key: "algebra", name: "数与代数组" },
      { key: "geometry", name: "图形与几何组" },
      { key: "statistics", name: "统计与概率组" },
      { key: "practice", name: "综合与实践组" },
    ],
    seats: [
      { person: "zhou-wenlan", role: "master" },
      { person: "chen-jinghao", role: "subject_lead", group: "algebra" },
      { person: "he-lixia", role: "subject_lead", group: "geometry" },
      { person: "wu-haiping", role: "subject_lead", group: "statistics" },
      { person: "xu-wendi", role: "subject_lead", group: "algebra" },
      { person: "zheng-ruochuan", role: "subject_lead", group: "geometry" },
      { person: "shen-zhiqiu", role: "subject_lead", group: "practice" },
      { person: "yu-nanxing", role: "subject_lead", group: "practice" },
      { person: "lan-xiuzhi", role: "subject_lead", group: "algebra" },
      { person: "wang-molin", role: "subject_lead", group: "statistics" },
      { person: "dai-yuanshan", role: "subject_lead", group: "geometry" },
      { person: "lin-yutong", role: "young_teacher", group: "algebra" },
      { person: "lan-xiaoman", role: "young_teacher", group: "algebra" },
      { person: "qian-muyun", role: "young_teacher", group: "geometry" },
      { person: "fang-xiaohe", role: "young_teacher", group: "algebra" },
      { person: "zhang-qingyan", role: "young_teacher", group: "geometry" },
      { person: "lou-xingye", role: "young_teacher", group: "geometry" },
      { person: "jin-zhaonan", role: "young_teacher", group: "statistics" },
      { person: "ye-linxi", role: "young_teacher", group: "algebra" },
      { person: "tu-baizhi", role: "young_teacher", group: "practice" },
      { person: "ruan-tinglan", role: "young_teacher", group: "statistics" },
      { person: "hong-yanqiu", role: "young_teacher", group: "geometry" },
      { person: "ni-fangzhou", role: "young_teacher", group: "practice" },
      { person: "feng-sujin", role: "young_teacher", group: "algebra" },
      { person: "yan-huaijin", role: "young_teacher", group: "algebra" },
      { person: "bao-xuelan", role: "young_teacher", group: "statistics" },
      { person: "mao-yuanxi", role: "young_teacher", group: "practice" },
      { person: "tong-anran", role: "young_teacher", group: "geometry" },
      { person: "zhu-lingxiao", role: "young_teacher", group: "algebra" },
      { person: "lei-mingyue", role: "young_teacher", group: "algebra" },
      { person: "hu-zhixing", role: "young_teacher", group: "geometry" },
      ...trainees.map((trainee): DemoSeat => ({ person: trainee.key, role: "trainee" })),
    ],
  },
  {
    key: "islands",
    name: "舟山群岛海岛小规模学校小学数学北师大版联合名师网络工作室",
    level: "city",
    region: "330900",
    intro: "一座岛一个班，也要有人一起备课。用北师大版，从潮水、渔船和折纸里找例子。",
    quota: { subjectLead: 10, youngTeacher: 8 },
    recruitPolicy: "open",
    term: { no: 1, from: "2026-03-01", to: "2029-02-28" },
    groups: [{ key: "island-numbers", name: "海岛数与代数组" }],
    seats: [
      { person: "lin-tingzhou", role: "master" },
      { person: "zhuang-yuhui", role: "subject_lead", group: "island-numbers" },
      { person: "le-shanhu", role: "subject_lead", group: "island-numbers" },
      { person: "gu-yifan", role: "young_teacher", group: "island-numbers" },
      { person: "hu-boshui", role: "young_teacher", group: "island-numbers" },
      { person: "fu-lanjing", role: "young_teacher", group: "island-numbers" },
      { person: "xu-xiaoyu", role: "trainee" },
      { person: "tong-haiyan", role: "trainee" },
      { person: "bei-mingsha", role: "trainee" },
    ],
  },
];

function person(key: string, name: string, school: string, startedTeachingOn: string, intro?: string): DemoPerson {
  const at = demoSchools.find((one) => one.key === school);
  if (!at) throw new Error(`${key} is at a school that is not listed: ${school}`);
  return { key, name, county: at.county, school, stage: "primary", subject: "mathematics", startedTeachingOn, ...(intro ? { intro } : {}) };
}

function officer(key: string, name: string, region: string, intro?: string): DemoPerson {
  return { key, name, county: region, stage: "primary", subject: "mathematics", startedTeachingOn: "2000-08-20", ...(intro ? { intro } : {}) };
}
