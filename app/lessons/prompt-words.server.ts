import type { Locale } from "../i18n/i18n.ts";
import en from "../i18n/en/lessons.ts";
import zhCN from "../i18n/zh-CN/lessons.ts";
import type { PROMPTS } from "./prompts.ts";

/** The words that a teacher answered to are kept with the answer: prompts may change, what was asked does not. */
export function promptIn(locale: Locale, key: (typeof PROMPTS)[number]["key"]): string {
  return (locale === "en" ? en : zhCN).reflection.prompts[key];
}
