import { useTranslation } from "react-i18next";

const ZONE = "Asia/Shanghai";

export type WhenStyle = "day" | "dayTime" | "time" | "full" | "weekday" | "weekTime" | "month";

const STYLES: Record<WhenStyle, Intl.DateTimeFormatOptions> = {
  day: { month: "long", day: "numeric" },
  dayTime: { month: "long", day: "numeric", weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  time: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  weekday: { month: "long", day: "numeric", weekday: "long" },
  weekTime: { weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  month: { year: "numeric", month: "long" },
  full: { year: "numeric", month: "long", day: "numeric" },
};

/** An instant in the words of the page's language, always in school time, so that server and browser say the same. */
export function When({ at, as = "dayTime" }: { at: Date | string; as?: WhenStyle }) {
  const { i18n } = useTranslation();
  const date = new Date(at);
  return <time dateTime={date.toISOString()}>{sayWhen(date, i18n.language, as)}</time>;
}

export function sayWhen(at: Date | string, language: string, as: WhenStyle = "dayTime"): string {
  const key = `${language} ${as}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat(language, { timeZone: ZONE, ...STYLES[as] });
  formats.set(key, format);
  return format.format(new Date(at));
}

/** Making one takes longer than a hundred uses of it. */
const formats = new Map<string, Intl.DateTimeFormat>();
