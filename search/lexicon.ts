/**
 * Words of teaching research and primary mathematics that the general dictionary lacks or breaks (说课 becomes 说/课). They only decide
 * the order of hits: what matches comes from characters and pairs.
 */
export const teachingWords = `
说课 说课稿 评课 评课稿 听课 听评课 议课 观课 观课议课 磨课 赛课 晒课 微课 慕课 公开课 示范课 研讨课 汇报课 常态课 同课异构 一课三磨 复习课 练习课 新授课 种子课
备课 集体备课 个人初备 二次备课 主备人 参备人 主备课 共案 个案 教案 教学设计 教学案 导学案 学案 学历案 任务单 学习单 学习任务单 作业设计 分层作业 课时 课型
重难点 教学重点 教学难点 难点 重点 学情 学情分析 教材分析 教学目标 学习目标 教学过程 教学环节 教学反思 课后反思 板书 板书设计 教具 学具 教学评 教学评一致性 教学评一体化
大单元 大概念 大任务 单元整体教学 单元教学 核心素养 量感 数感 符号意识 几何直观 空间观念 推理意识 运算能力 数据意识 模型意识 应用意识 创新意识 问题链 情境 情境创设 支架
教研 教研组 备课组 教研员 校本研修 网络研修 研修 主题研修 名师 名师工作室 名师网络工作室 工作室 领衔名师 学科带头人 青年教师 网络学员 送教下乡 送教 同步课堂 专递课堂 课例 教学案例 案例
课件 幻灯片 课标 新课标 课程标准 人教版 北师大版 苏教版 浙教版 冀教版 青岛版 双减 结对 帮扶
内角和 平行四边形 长方形 正方形 三角形 梯形 周长 面积 体积 容积 表面积 分数 小数 百分数 整数 负数 因数 倍数 质数 合数 通分 约分 比例 比例尺 正比例 反比例 方程 等式 解方程 口算 笔算 估算 简算
竖式 乘法口诀 混合运算 运算律 乘法分配律 加法交换律 数轴 数对 位置与方向 观察物体 图形的运动 轴对称 平移 旋转 条形统计图 折线统计图 扇形统计图 平均数 可能性 植树问题 鸡兔同笼 鸽巢问题 数学广角 找规律
一年级 二年级 三年级 四年级 五年级 六年级 上册 下册 年月日 认识钟表 认识人民币 千克 厘米 分米 毫米 公顷 平方米 圆周率 圆柱 圆锥 除法 乘法 加法 减法 退位减法 进位加法 有余数的除法
`.trim().split(/\s+/);

/** Said either way in staff rooms. A word finds its ring too, ranked after itself. */
const rings = [
  ["教案", "教学设计", "教学方案"],
  ["听评课", "观课议课", "听课评课"],
  ["学案", "导学案", "学习单", "学习任务单"],
  ["课件", "幻灯片", "ppt"],
  ["课例", "教学案例"],
  ["教学反思", "课后反思"],
  ["新课标", "课程标准", "课标"],
  ["集体备课", "集备"],
  ["重难点", "重点难点"],
  ["复习课", "整理与复习", "整理和复习"],
  ["微课", "微视频"],
  ["大单元", "单元整体教学"],
  ["教学评一致性", "教学评一体化"],
];

/** Words that say little on their own: dropped from a query as long as others remain. */
export const stopWords = new Set("的 了 和 与 及 或 在 是 把 被 对 为 以 从 而 之 其 这 那 个 也 都 就 着 等 吗 呢 吧 啊 the a an of and or to in".split(" "));

/** Words that stand in half of all plans: looked for with others, never instead of them. */
export const weakWords = new Set("年级 上册 下册 教学 设计 教学设计 教案 课例 学生 老师 教师 数学 小学 小学数学 问题 认识 练习 方法 内容 活动 课堂 一课 第一 怎么 怎样 如何 什么 为什么 可以 我们 使用 进行 等于".split(" "));

/** Words to be cut as one, with the members of the rings. */
export const lexicon: ReadonlySet<string> = new Set([...teachingWords, ...rings.flat().filter((word) => /\p{Script=Han}/u.test(word))]);

const ringOf = new Map<string, string[]>();
for (const ring of rings) for (const word of ring) ringOf.set(word, ring.filter((other) => other !== word));

export function synonymsOf(word: string): readonly string[] {
  return ringOf.get(word) ?? [];
}

/** Which ring a word belongs to, for engines that cannot widen a single word of a query. */
export function ringNumber(word: string): number | undefined {
  const number = rings.findIndex((ring) => ring.includes(word));
  return number < 0 ? undefined : number;
}

/** The rings of which folded text has a word. */
export function ringNumbersIn(folded: string): number[] {
  return rings.flatMap((ring, number) => (ring.some((word) => folded.includes(word)) ? [number] : []));
}
