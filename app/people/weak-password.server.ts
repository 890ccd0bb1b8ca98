import { dictionary } from "@zxcvbn-ts/language-common";
import * as z from "zod";
import type { Problem } from "../http/problems.ts";

/** A password that somebody chooses: of any characters, kept as it was typed. */
export const newPassword = z.string().min(8).max(128);

/** Words that whoever guesses at an account here tries first; the longer stand before what they hold. */
const ABOUT_US = [
  "tongyan", "gongzuoshi", "mingshi", "laoshi", "jiaoshi", "jiaoyan", "jiaoxue", "beike", "xuexiao", "xiaoxue", "zhejiang", "hangzhou", "mima",
  "teacher", "school", "studio", "lesson", "password", "admin", "welcome",
  "同研", "工作室", "名师", "老师", "教师", "教研", "教学", "备课", "学校", "小学", "中学", "浙江", "杭州", "密码", "管理员", "欢迎",
];
/** So many characters of one's own make the difference. */
const OWN = 4;

const common = new Set(dictionary["passwords-common"].filter((one) => one.length >= 8));

/**
 * Why a new password would be guessed, or undefined: it is among the most common ones, or hardly more than words of this place, or than the
 * name and logins of its owner. Case and full width make no difference to whoever guesses, a year and an exclamation mark at the end little.
 *
 * @param mine names and logins of the person who chooses it
 */
export function weakness(password: string, mine: readonly (string | null)[]): Problem | undefined {
  const plain = password.normalize("NFKC").toLowerCase();
  if (common.has(plain) || new Set(plain).size <= 2) return { key: "people:register.passwordCommon" };
  if (leftWithout(plain, mine.flatMap((one) => partsOf(one ?? ""))) < OWN) return { key: "people:register.passwordAboutYou" };
  if (leftWithout(plain, ABOUT_US) < OWN) return { key: "people:register.passwordAboutUs" };
  return undefined;
}

/** How many characters stay when words, years, a short number at the end, and signs are taken out. Without any of the words: all. */
function leftWithout(password: string, words: readonly string[]): number {
  const rest = words.reduce((left, word) => left.replaceAll(word, ""), password);
  if (rest === password) return password.length;
  return rest.replace(/(?:19|20)\d\d/g, "").replace(/\d{1,4}\W*$/, "").replace(/[^\p{L}\p{N}]/gu, "").length;
}

/** A login and, of an address, what stands before its @; of both what is long enough to be meant. */
function partsOf(own: string): string[] {
  const plain = own.normalize("NFKC").toLowerCase();
  return [plain, plain.split("@")[0] ?? ""].filter((part) => part.length >= 2);
}
