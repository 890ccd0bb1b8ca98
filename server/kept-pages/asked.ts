import type { IncomingHttpHeaders } from "node:http";
import { localeOf } from "#app/http/locale.server.ts";
import { HOST_PREFIX, readCookie } from "#app/http/cookie.ts";
import { MARK } from "../visits/mark.ts";

/** All that a kept page may depend on. Host, browser, address and whatever else a visitor sends are not in it. */
export interface Asked {
  /** With its query, as it was asked for. */
  path: string;
  locale: "zh-CN" | "en";
  theme: "light" | "dark" | "";
  /** Whether nothing on it follows from the clock alone, as a seminar does that is over without anybody having ended it. */
  atAnyTime: boolean;
}

/** What most visitors read. What is not here is rendered for each; what needs a person is not kept even where it is here. */
const READ_BY_MANY = /^\/(?:(?:studios|resources)(?:\/[\w-]+)?|sign-in|_root)?(?:\.data)?(?:\?[^#]*)?$/;
const AT_ANY_TIME = /^\/(?:resources(?:\/[\w-]+)?|sign-in|_root)(?:\.data)?(?:\?[^#]*)?$/;
const LONGEST = 500;
/** A visitor's own cookies; whoever brings another may be somebody, or be meant to see something once. */
const VISITORS = new Set(["locale", "theme", MARK].flatMap((name) => [name, HOST_PREFIX + name]));

/** What a request asks of the kept pages, or undefined when it is not for them. */
export function askedBy(request: { method: string; originalUrl: string; headers: IncomingHttpHeaders }): Asked | undefined {
  const { method, originalUrl: path } = request;
  const { cookie = "", authorization, "accept-language": language = "" } = request.headers;
  if ((method !== "GET" && method !== "HEAD") || path.length > LONGEST || !READ_BY_MANY.test(path) || authorization !== undefined) return undefined;
  if (cookie.split(";").some((pair) => pair.trim() !== "" && !VISITORS.has(pair.split("=", 1)[0]?.trim() ?? ""))) return undefined;
  const sent = { headers: new Headers({ cookie, "accept-language": language }) };
  const theme = readCookie(sent, "theme");
  return { path, locale: localeOf(sent, null), theme: theme === "light" || theme === "dark" ? theme : "", atAnyTime: AT_ANY_TIME.test(path) };
}
