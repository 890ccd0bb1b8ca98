/** What a line or a cell of a Word plan can be the name of. */
export type Label =
  | { kind: "section"; key: string; perPeriod: boolean }
  /** Key and difficult points under one name. */
  | { kind: "both_points" }
  | { kind: "title" }
  | { kind: "header"; field: HeaderField }
  /** Belongs to a head, but we have no place for it: kept as words. */
  | { kind: "meta" };

export type HeaderField = "teacher" | "className" | "taughtOn" | "periods" | "lessonType" | "edition";

const section = (key: string, perPeriod = false): Label => ({ kind: "section", key, perPeriod });
const header = (field: HeaderField): Label => ({ kind: "header", field });

/** Names as schools write them, without spaces, numbers and brackets. A name of two characters counts only where it stands like a name. */
const NAMES: [Label, string][] = [
  [section("standard"), "课标要求 课程标准 课标分析 课标解读 课程标准要求 课标摘录 新课标要求"],
  [section("textbook_analysis"), "教材分析 教材简析 教材解读 教材解析 教学内容分析 内容分析 教材内容分析 教材内容 教学内容 文本解读 单元教材分析 教材地位和作用 教材的地位和作用"],
  [section("learner_analysis"), "学情分析 学生分析 学生情况分析 学习者分析 学情 学生情况 学情简析 学习者特征分析"],
  [section("competencies"), "核心素养 素养目标 学科核心素养 核心素养目标 核心素养分析"],
  [section("objectives"), "教学目标 学习目标 教学目的 目标 教学目标与要求 教学目的要求 教学目标及要求 三维目标 课时目标 教学要求 本课目标"],
  [{ kind: "both_points" }, "教学重难点 重难点 教学重点难点 教学重点与难点 教学重点和难点 重点难点 重点与难点 教学重、难点 重、难点 教学重点、难点 教学的重点和难点 教学重难点分析 学习重难点 教学重/难点 重点、难点"],
  [section("key_points"), "教学重点 重点 学习重点"],
  [section("difficult_points"), "教学难点 难点 学习难点"],
  [section("methods"), "教学方法 教法学法 教法与学法 教法 学法 教学策略 教学方法与手段 教学手段 学习方法 教法学法分析 教学方式 设计理念 教学思路 设计思路 教学理念"],
  [section("preparation"), "教学准备 教具学具 教具 学具 教具准备 学具准备 课前准备 准备 教学资源 教学用具 教具、学具 教具学具准备 教具、学具准备 教学媒体 教学具准备 教学环境"],
  [section("process", true), "教学过程 教学流程 教学环节 教学过程设计 教学步骤 学习过程 教与学的过程 教学活动 教学活动设计 教学过程与设计 教学实施 教学设计过程 教学过程及设计意图 教学程序"],
  [section("board_plan", true), "板书设计 板书 板书计划 板书设计图"],
  [section("homework", true), "作业设计 课后作业 作业布置 布置作业 作业 家庭作业 分层作业 分层作业设计 作业与拓展 课外作业"],
  [section("assessment"), "教学评价 评价设计 教学评一致性 评价 学习评价 评价方案 学习评价设计 评价任务 教学评价设计 教、学、评一致性 评价任务设计"],
  [section("reflection"), "教学反思 课后反思 反思 教后反思 教学后记 课后记 教后记 教学后反思 教学札记 教学反思与改进"],
  [section("other"), "其他内容 其他"],
  [{ kind: "title" }, "课题 课题名称 课名 课时课题 教学课题 授课内容 授课课题 课题内容"],
  [header("teacher"), "授课教师 执教教师 执教者 任课教师 教师 执教 授课人 执教人 教师姓名 设计者 主备人 主备教师 备课人 备课教师"],
  [header("className"), "班级 授课班级 任教班级 教学班级 上课班级"],
  [header("taughtOn"), "授课时间 授课日期 上课时间 时间 日期 教学时间 上课日期"],
  [header("periods"), "课时 课时安排 总课时 教学课时 课时数 课时计划"],
  [header("lessonType"), "课型 课的类型"],
  [header("edition"), "教材 教材版本 版本"],
  [{ kind: "meta" }, "学校 单位 学科 年级 科目 册次 单元 章节 备课时间 备课日期 审核 审核人 序号 周次 节次 第几课时 备课组 姓名 地点 年级班级 学期 教研组"],
];

const BY_NAME = new Map(NAMES.flatMap(([label, names]) => names.split(" ").map((name) => [name, label] as const)));

/** Longest first, so that 教学重点难点 is not read as 教学重点. */
const ALL_NAMES = [...BY_NAME.keys()].sort((a, b) => b.length - a.length);

const ORDINAL = /^(?:第?([一二三四五六七八九十]{1,3})(?:部分)?[、.．:：，,]|[（(]([一二三四五六七八九十]{1,3}|\d{1,2})[）)]、?|(\d{1,2})[、.．:：](?!\d)|([①-⑳])[、.．]?|([ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ])[、.．]?)/;

export interface Ordinal {
  form: "han" | "bracket" | "digit" | "circle" | "roman";
  value: number;
  /** How many characters of the line it takes. */
  length: number;
}

/** The number that a line begins with, as typed. */
export function ordinalOf(line: string): Ordinal | undefined {
  const lead = /^[\s　]*/.exec(line)?.[0].length ?? 0;
  const found = ORDINAL.exec(line.slice(lead));
  if (!found) return undefined;
  const [whole, han, bracket, digit, circle, roman] = found;
  const length = lead + whole.length;
  if (han) return { form: "han", value: fromHan(han), length };
  if (bracket) return { form: "bracket", value: /\d/.test(bracket) ? Number(bracket) : fromHan(bracket), length };
  if (digit) return { form: "digit", value: Number(digit), length };
  if (circle) return { form: "circle", value: (circle.codePointAt(0) ?? 0) - 0x245f, length };
  return { form: "roman", value: (roman?.codePointAt(0) ?? 0) - 0x215f, length };
}

export function fromHan(words: string): number {
  const digits = "零一二三四五六七八九";
  if (/^\d+$/.test(words)) return Number(words);
  const [tens, ones] = words.includes("十") ? words.split("十") : ["0", words];
  const ten = words.includes("十") ? (tens ? digits.indexOf(tens) : 1) : 0;
  return ten * 10 + (ones ? digits.indexOf(ones) : 0);
}

export interface LabelFound {
  label: Label;
  /** Of two characters or fewer: to be believed only where it stands like a name. */
  short: boolean;
  /** 教学过程（第二课时） names its period. */
  period?: number;
}

/** Whether a whole line or cell is a name and nothing else: 一、教学目标：, 【教学目标】, 教　学\n目　标, 教学过程（第二课时）. */
export function labelOf(words: string): LabelFound | undefined {
  if (words.length > 60) return undefined;
  let bare = words.replace(/[\s　]+/g, "");
  bare = bare.slice(ordinalOf(bare)?.length ?? 0).replace(/[:：]+$/, "");
  bare = bare.replace(/^[【\[〔《“「『●■◆▲★☆※]+/, "").replace(/[】\]〕》”」』]+[:：]?$/, "");
  const before = /^第([一二三四五六七八九十\d]{1,3})课时[:：、]?(.+)$/.exec(bare);
  const behind = /^(.+?)(?:[（(·•—-]第?|第)([一二三四五六七八九十\d]{1,3})课时[）)]?$/.exec(bare);
  const period = before?.[1] ?? behind?.[2];
  bare = (before?.[2] ?? behind?.[1] ?? bare).replace(/[（(][^（）()]{0,14}[）)]$/, "").replace(/[:：]+$/, "");
  const label = BY_NAME.get(bare);
  return label && { label, short: bare.length <= 2, ...(period !== undefined && fromHan(period) > 0 ? { period: fromHan(period) } : {}) };
}

export interface LeadingLabel extends LabelFound {
  /** Characters of the line that the name takes, number, brackets and colon included. */
  length: number;
}

/** A name at the beginning of a line with content behind it: 教学重点：理解…, 【学情分析】五年级…. */
export function leadingLabel(line: string): LeadingLabel | undefined {
  const from = ordinalOf(line)?.length ?? /^[\s　]*/.exec(line)?.[0].length ?? 0;
  const bracketed = /^\s*[【\[〔]([^】\]〕]{2,16})[】\]〕]\s*[:：]?\s*/.exec(line.slice(from));
  if (bracketed?.[1]) {
    const label = BY_NAME.get(bracketed[1].replace(/[\s　]/g, ""));
    return label && { label, short: false, length: from + bracketed[0].length };
  }
  const named = /^([^:：]{2,24}?)[\s　]*[:：][\s　]*/.exec(line.slice(from));
  const found = named?.[1] === undefined ? undefined : labelOf(named[1]);
  return found && named ? { ...found, length: from + named[0].length } : undefined;
}

/** Every name with a colon in a line of several: 执教：张老师　班级：五（1）班. */
export function labelsWithin(line: string): { label: Label; from: number; to: number }[] {
  const found: { label: Label; from: number; to: number }[] = [];
  for (const colon of line.matchAll(/[:：]/g)) {
    const before = line.slice(found.at(-1)?.to ?? 0, colon.index).replace(/[\s　]+$/, "");
    const name = ALL_NAMES.find((one) => before.endsWith(one) && /^$|[\s　，,；;|]$/.test(before.slice(0, -one.length)));
    const label = name === undefined ? undefined : BY_NAME.get(name);
    if (name !== undefined && label) found.push({ label, from: (found.at(-1)?.to ?? 0) + before.length - name.length, to: colon.index + 1 });
  }
  return found;
}

/** The head of a process table: 教学环节 | 教师活动 | 学生活动 | 设计意图. */
export function isProcessColumn(words: string): boolean {
  return /^(教学)?(环节|过程|步骤|流程|内容|程序|阶段)(及时间|与时间|（时间）|\(时间\))?$|^(教师|学生|师生|教|学)(的)?(活动|行为|互动|双边活动)(设计|预设)?$|^(设计)?(意图|说明)$|^设计(理念|依据)$|^(时间|用时|时长|时间分配|媒体|媒体运用|信息技术应用|技术应用|评价|评价要点|二次备课|个性修改|复备|个性化设计|备注|任务|问题|学习活动|教学活动|活动)$/.test(
    words.replace(/[\s　]/g, ""),
  );
}

/** 第二课时, alone or with a few words behind it. */
export function periodMark(line: string): { period: number; rest: string } | undefined {
  const found = /^[\s　]*[（(【\[]?第[\s　]*([一二三四五六七八九十\d]{1,3})[\s　]*课时[）)】\]]?[\s　]*[:：]?[\s　]*(.*)$/s.exec(line);
  const period = fromHan(found?.[1] ?? "零");
  if (!found || period < 1 || period > 30) return undefined;
  const rest = found[2] ?? "";
  return rest.length > 24 || /[。；，！？]/.test(rest) ? undefined : { period, rest };
}
