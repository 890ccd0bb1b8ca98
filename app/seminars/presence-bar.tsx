import { useTranslation } from "react-i18next";
import { sayWhen } from "../ui/when.tsx";

interface Props {
  intervals: readonly { from: string; to: string }[];
  startedAt: string;
  sessionMs: number;
}

/** When somebody was there, on the length of the seminar. */
export function PresenceBar({ intervals, startedAt, sessionMs }: Props) {
  const { t, i18n } = useTranslation("seminars");
  const share = (ms: number) => (sessionMs > 0 ? (ms / sessionMs) * 100 : 0);
  const parts = intervals.map((one) => `${sayWhen(one.from, i18n.language, "time")}–${sayWhen(one.to, i18n.language, "time")}`).join("，");
  return (
    <svg role="img" aria-label={t("report.bar", { parts })} viewBox="0 0 100 4" preserveAspectRatio="none" className="h-3 w-full">
      <rect width="100" height="4" className="fill-well" />
      {intervals.map((one) => <rect key={one.from} x={share(Date.parse(one.from) - Date.parse(startedAt))} width={share(Date.parse(one.to) - Date.parse(one.from))} height="4" className="fill-pine" />)}
    </svg>
  );
}
