import { demoPlans } from "#server/demo/content/plans/index.ts";
import type { Block } from "#app/plans/blocks.ts";

const FAMILY = [..."王李张陈刘杨黄赵周吴徐孙朱马胡郭林何高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武戚莫孔蓝雷钟"];
const GIVEN = [..."雨桐静好文澜立夏知秋海平墨林南星若川远山闻笛秀芝小禾临溪凌霄明月子涵嘉怡浩然思远晓彤建国丽华志强春燕佳宁梓萱一诺书瑶清和景行怀瑾亦舒如故"];

/** A name of two or three characters. */
export function nameOf(number: number): string {
  const pick = (from: readonly string[], step: number) => from[Math.floor(number / step) % from.length] ?? "";
  return pick(FAMILY, 1) + pick(GIVEN, FAMILY.length) + (number % 7 === 0 ? "" : pick(GIVEN, 13));
}

/** Of whom every fourteenth is a 王, as in life. */
export function teacherName(number: number): string {
  return number % 14 === 3 ? `王${nameOf(number).slice(1)}` : nameOf(number);
}

/** Sentences of the demonstration's plans by section: what the province's plans are put together from. */
export const sentences: Readonly<Record<string, readonly string[]>> = gathered();

function gathered(): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const plan of demoPlans) {
    for (const [key, blocks] of [...Object.entries(plan.sections), ...plan.perPeriod.flatMap((period) => Object.entries(period))]) {
      for (const line of (blocks as readonly Block[]).flatMap(linesOf)) for (const sentence of line.split(/(?<=[。？；])/u)) if (sentence.trim().length > 5) (found[key] ??= []).push(sentence.trim());
    }
  }
  return found;
}

function linesOf(block: Block): string[] {
  if ("p" in block) return [block.p];
  if ("h" in block) return [block.h];
  if ("table" in block) return block.table.slice(1).flat();
  return "ul" in block ? [...block.ul] : [...block.ol];
}

/** A paragraph of so many sentences of a section, another for every number. */
export function paragraphOf(key: string, number: number, length: number): string {
  const from = sentences[key] ?? [];
  return Array.from({ length }, (_, index) => from[(number * 31 + index * 17 + Math.floor(number / 997)) % from.length] ?? "").join("").replaceAll("**", "");
}
