import type { Viewer } from "#db/viewer.ts";
import { isLocale, type Locale } from "../i18n/i18n.ts";
import { readCookie } from "./cookie.ts";

/** The language of a page: the person's, else the one chosen on this device, else what the browser prefers; Chinese first. */
export function localeOf(request: Pick<Request, "headers">, viewer: Pick<Viewer, "locale"> | null): Locale {
  if (viewer) return viewer.locale;
  const chosen = readCookie(request, "locale");
  if (isLocale(chosen)) return chosen;
  const preferred = request.headers.get("accept-language")?.toLowerCase() ?? "";
  return /^en\b/.test(preferred) ? "en" : "zh-CN";
}
