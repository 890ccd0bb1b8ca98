import { createInstance, type i18n, type ResourceLanguage } from "i18next";
import { initReactI18next } from "react-i18next";

export const LOCALES = ["zh-CN", "en"] as const;
export type Locale = (typeof LOCALES)[number];

export function isLocale(value: unknown): value is Locale {
  return value === "zh-CN" || value === "en";
}

/** i18next with one language, ready at once with the words that are given. `readRoom` fetches a room of words that was not. */
export function wordsOf(locale: Locale, words: ResourceLanguage, readRoom?: (room: string) => Promise<object>): i18n {
  const instance = createInstance();
  if (readRoom) instance.use(backend(readRoom));
  void instance.use(initReactI18next).init({
    lng: locale,
    resources: { [locale]: words },
    partialBundledLanguages: readRoom !== undefined,
    ns: Object.keys(words),
    defaultNS: "common",
    fallbackLng: false,
    load: "currentOnly",
    initImmediate: false,
    returnNull: false,
    contextSeparator: "§",
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  askOnce(instance.services.languageUtils as LanguageUtils);
  return instance;
}

interface LanguageUtils {
  toResolveHierarchy(code: string, fallback?: unknown): string[];
}

/** For each word i18next asks the system anew how the language is properly written, which takes it longer than to find the word. */
function askOnce(utils: LanguageUtils): void {
  const known = new Map<string, string[]>();
  const ask = utils.toResolveHierarchy.bind(utils);
  utils.toResolveHierarchy = (code, fallback) => {
    const found = (fallback === undefined && known.get(code)) || ask(code, fallback);
    if (fallback === undefined) known.set(code, found);
    return found;
  };
}

function backend(readRoom: (room: string) => Promise<object>) {
  type Done = (error: unknown, found: object | null) => void;
  return {
    type: "backend" as const,
    init: () => undefined,
    read: (_locale: string, room: string, done: Done) => void readRoom(room).then((found) => done(null, found), (error: unknown) => done(error, null)),
  };
}
