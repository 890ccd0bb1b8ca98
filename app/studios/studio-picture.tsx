import { useTranslation } from "react-i18next";
import { perPoint, type SeatCounts, seatPlan } from "./seat-plan.ts";
import { surnameOf } from "./surname.ts";

interface Props extends SeatCounts {
  master: string;
  leadNames: readonly string[];
}

/** The 1 + 10 + N of a studio as a picture, with its numbers in words below: what is drawn is also said. */
export function StudioPicture(props: Props) {
  const { t } = useTranslation("studios");
  const { leads, leadQuota, youngTeachers, youngQuota, trainees, activeThisWeek, master } = props;
  const label = t("home.alt", { leads, empty: Math.max(0, leadQuota - leads), young: youngTeachers, trainees, active: activeThisWeek, master });
  const each = perPoint(trainees);
  const number = (n: number) => n.toLocaleString("en");
  const counts = [
    [t("home.count.master"), "1"],
    [t("home.count.leads"), `${leads} / ${leadQuota}`],
    [t("home.count.young"), `${youngTeachers} / ${youngQuota}`],
    [t("home.count.trainees"), number(trainees)],
    ...(trainees > 0 ? [[t("home.count.active"), number(activeThisWeek)]] : []),
  ];
  return (
    <figure className="card">
      <div role="img" aria-label={label}>
        <Drawing {...props} shape="wide" className="hidden sm:block" />
        <Drawing {...props} shape="tall" className="sm:hidden" />
      </div>
      <dl className="mt-2 flex flex-wrap justify-center gap-x-6 gap-y-1 text-small">
        {counts.map(([name, n]) => (
          <div key={name} className="flex items-baseline gap-1.5">
            <dd className="order-first font-song text-base font-bold text-ink">{n}</dd>
            <dt className="text-ink-2">{name}</dt>
          </div>
        ))}
      </dl>
      <figcaption className="mt-2 text-center text-small text-ink-3">{trainees === 0 ? t("home.legendNone") : each > 1 ? t("home.legendSampled", { n: each }) : t("home.legend")}</figcaption>
    </figure>
  );
}

function Drawing({ shape, className, master, leadNames, ...counts }: Props & { shape: "wide" | "tall"; className: string }) {
  const { t } = useTranslation("studios");
  const plan = seatPlan(counts, shape);
  const surname = surnameOf(master);
  return (
    <svg viewBox={`0 0 ${plan.width} ${plan.height}`} className={`h-auto w-full ${className}`} aria-hidden="true">
      <path d={plan.spokes} className="stroke-hairline" strokeWidth="1.5" />
      <path d={plan.quiet} className="fill-none stroke-rule" strokeWidth="4.2" strokeLinecap="round" />
      <path d={plan.active} className="fill-none stroke-cinnabar" strokeWidth="4.6" strokeLinecap="round" />
      <path d={plan.youngTaken} className="fill-indigo-wash stroke-indigo" strokeWidth="1.2" />
      <path d={plan.youngFree} className="fill-sheet stroke-indigo opacity-60" strokeWidth="1.2" strokeDasharray="2 2.4" />
      {plan.leads.map((seat, i) => {
        const text = seat.taken ? surnameOf(leadNames[i] ?? "·") : t("surname.none");
        return (
          <g key={`${seat.x} ${seat.y}`}>
            {seat.taken && <title>{leadNames[i]}</title>}
            <circle cx={seat.x} cy={seat.y} r={plan.leadRadius} className={`stroke-cinnabar ${seat.taken ? "fill-cinnabar-wash" : "fill-sheet"}`} strokeWidth="1.4" strokeDasharray={seat.taken ? undefined : "3 3"} />
            {plan.leadRadius > 9 && <text x={seat.x} y={seat.y} dy="0.36em" textAnchor="middle" fontSize={plan.leadRadius * (text.length > 1 ? 0.62 : 0.76)} className="fill-cinnabar font-sans font-semibold">{text}</text>}
          </g>
        );
      })}
      <circle cx={plan.centre.x} cy={plan.centre.y} r={plan.centre.r} className="fill-cinnabar" />
      <text x={plan.centre.x} y={plan.centre.y} dy="0.36em" textAnchor="middle" fontSize={surname.length > 1 ? 17 : 22} className="fill-on-cinnabar font-song font-bold">{surname}</text>
    </svg>
  );
}
