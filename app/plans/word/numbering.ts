import type { Xml } from "./xml.ts";
import { child, elementsOf, value } from "./xml.ts";

/** What stands before a numbered paragraph. */
export type Mark =
  | { kind: "bullet" }
  | { kind: "number"; value: number }
  /** Any other form (一、 （1） ① A.) is written out, as a list of ours could not show it. */
  | { kind: "words"; words: string };

export interface Numbering {
  /** Counts one more paragraph of that list. */
  next(id: string, level: number): Mark | undefined;
}

interface Level {
  start: number;
  format: string;
  pattern: string;
}

/** Word's automatic numbers, which are in no run of text: counted again here, so that 一、 and （1） are not lost. */
export function readNumbering(xml: Xml | undefined): Numbering {
  const abstract = new Map<string, Map<number, Level>>();
  const lists = new Map<string, { abstractId: string; levels: Map<number, Level>; restarts: Map<number, number> }>();
  for (const element of xml ? elementsOf(xml) : []) {
    if (element.name === "w:abstractNum") abstract.set(element.attributes["w:abstractNumId"] ?? "", levelsIn(element));
    if (element.name === "w:num") {
      const abstractId = value(element, "w:abstractNumId") ?? "";
      const levels = new Map(abstract.get(abstractId));
      const restarts = new Map<number, number>();
      for (const override of elementsOf(element).filter((part) => part.name === "w:lvlOverride")) {
        const at = Number(override.attributes["w:ilvl"]);
        const level = child(override, "w:lvl");
        const start = value(override, "w:startOverride");
        const before = level ? readLevel(level) : levels.get(at);
        if (before) levels.set(at, before);
        if (start !== undefined) restarts.set(at, Number(start));
      }
      lists.set(element.attributes["w:numId"] ?? "", { abstractId, levels, restarts });
    }
  }
  // Lists of one abstract definition count on together; one that says where it starts does so when it is met first.
  const counters = new Map<string, (number | undefined)[]>();
  return {
    next(id, at) {
      const found = lists.get(id);
      const level = found?.levels.get(at);
      if (!found || !level || level.format === "none") return undefined;
      const counts = counters.get(found.abstractId) ?? [];
      counters.set(found.abstractId, counts);
      const restart = found.restarts.get(at);
      found.restarts.delete(at);
      counts[at] = restart ?? (counts[at] ?? level.start - 1) + 1;
      counts.length = at + 1;
      if (level.format === "bullet") return { kind: "bullet" };
      const number = counts[at] ?? 1;
      if (level.format === "decimal" && level.pattern === `%${at + 1}.`) return { kind: "number", value: number };
      return { kind: "words", words: level.pattern.replace(/%([1-9])/g, (_, which: string) => shown(counts[Number(which) - 1] ?? found.levels.get(Number(which) - 1)?.start ?? 1, found.levels.get(Number(which) - 1)?.format ?? "decimal")) };
    },
  };
}

function levelsIn(element: Xml): Map<number, Level> {
  return new Map(elementsOf(element).filter((part) => part.name === "w:lvl").map((level) => [Number(level.attributes["w:ilvl"]), readLevel(level)]));
}

function readLevel(level: Xml): Level {
  return { start: Number(value(level, "w:start") ?? 1), format: value(level, "w:numFmt") ?? "decimal", pattern: value(level, "w:lvlText") ?? "" };
}

function shown(number: number, format: string): string {
  switch (format) {
    case "chineseCounting":
    case "chineseCountingThousand":
    case "japaneseCounting":
    case "taiwaneseCounting":
    case "taiwaneseCountingThousand":
    case "ideographDigital":
      return inHan(number);
    case "decimalEnclosedCircle":
    case "decimalEnclosedCircleChinese":
      return number >= 1 && number <= 20 ? String.fromCodePoint(0x245f + number) : String(number);
    case "upperLetter":
      return String.fromCharCode(65 + ((number - 1) % 26));
    case "lowerLetter":
      return String.fromCharCode(97 + ((number - 1) % 26));
    case "upperRoman":
      return inRoman(number);
    case "lowerRoman":
      return inRoman(number).toLowerCase();
    default:
      return String(number);
  }
}

const HAN = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

function inHan(number: number): string {
  if (number < 10) return HAN[number] ?? "";
  if (number >= 100) return String(number);
  const tens = Math.floor(number / 10);
  return `${tens === 1 ? "" : HAN[tens]}十${number % 10 === 0 ? "" : HAN[number % 10]}`;
}

function inRoman(number: number): string {
  const signs: [number, string][] = [[10, "X"], [9, "IX"], [5, "V"], [4, "IV"], [1, "I"]];
  if (number > 50) return String(number);
  let left = number;
  let words = "";
  for (const [worth, sign] of signs) for (; left >= worth; left -= worth) words += sign;
  return words;
}
