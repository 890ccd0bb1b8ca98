import type { TemplateSection } from "#db/schema/curriculum.ts";
import type { Locale } from "../i18n/i18n.ts";

/** One section of one plan: a template section, or its turn in one lesson period. */
export interface OutlineSection {
  /** `difficult_points`, or `process.p2` where the section repeats. */
  key: string;
  title: string;
  help: string;
  required: boolean;
  minChars: number;
  /** From 1; absent where the section stands once. */
  period?: number;
}

/** The sections of a plan in the order of its page: those that repeat stand together, period by period, where the first of them stands. */
export function outlineOf(sections: readonly TemplateSection[], periods: number, locale: Locale = "zh-CN"): OutlineSection[] {
  const repeating = sections.filter((section) => section.perPeriod);
  const outline: OutlineSection[] = [];
  let repeated = false;
  for (const section of sections) {
    if (!section.perPeriod) {
      outline.push(sectionOf(section, locale));
    } else if (!repeated) {
      repeated = true;
      for (let period = 1; period <= periods; period += 1) for (const one of repeating) outline.push(sectionOf(one, locale, period, periods));
    }
  }
  return outline;
}

/** `process.p2` → `process`: the key in the glossary. */
export function sectionKind(key: string): string {
  return key.replace(/\.p\d+$/, "");
}

function sectionOf(section: TemplateSection, locale: Locale, period?: number, periods = 1): OutlineSection {
  const label = section.label[locale];
  const title = period === undefined || periods === 1 ? label : `${label} · ${periodName(period, locale)}`;
  const { required, minChars } = section;
  return { key: period === undefined ? section.key : `${section.key}.p${period}`, title, help: section.help[locale], required, minChars, ...(period !== undefined && { period }) };
}

const NUMERALS = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

function periodName(period: number, locale: Locale): string {
  return locale === "en" ? `period ${period}` : `第${NUMERALS[period] ?? period}课时`;
}
