import en from "../i18n/en/index.ts";
import { wordsOf } from "../i18n/i18n.ts";
import zhCN from "../i18n/zh-CN/index.ts";

/** Every language's words, ready for what the server writes. */
export const words = { "zh-CN": wordsOf("zh-CN", zhCN), en: wordsOf("en", en) };
