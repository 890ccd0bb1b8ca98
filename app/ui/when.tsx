import { useTranslation } from "react-i18next";

const ZONE = "Asia/Shanghai";

export type WhenStyle = "day" | "dayTime" | "time" | "full" | "weekday" | "weekTime" | "month";

const STYLES: Record<Exclude<WhenStyle, "weekTime"> | "shortWeekday", Intl.DateTimeFormatOptions> = {
  day: { month: "long", day: "numeric" },
  dayTime: { month: "long", day: "numeric", weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  time: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  weekday: { month: "long", day: "numeric", weekday: "long" },
  shortWeekday: { weekday: "short" },
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
  // Intl joins the Chinese weekday and the hour without a space: 周六13:30.
  if (as === "weekTime") return `${formatOf(language, "shortWeekday").format(new Date(at))} ${sayWhen(at, language, "time")}`;
  return formatOf(language, as).format(new Date(at));
}

function formatOf(language: string, as: keyof typeof STYLES): Intl.DateTimeFormat {
  const key = `${language} ${as}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat(language, { timeZone: ZONE, ...STYLES[as] });
  formats.set(key, format);
  return format;
}

/** Making one takes longer than a hundred uses of it. */
const formats = new Map<string, Intl.DateTimeFormat>();
