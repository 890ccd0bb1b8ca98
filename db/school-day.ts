/** The zone of every school day. Instants are stored in UTC; only here do they become days. */
export const SCHOOL_ZONE = "Asia/Shanghai";

const days = new Intl.DateTimeFormat("en-CA", { timeZone: SCHOOL_ZONE, year: "numeric", month: "2-digit", day: "2-digit" });

/** The school day of an instant, as `YYYY-MM-DD` in Asia/Shanghai. */
export function schoolDay(at: Date): string {
  return days.format(at);
}

/** The instant at which a school day begins. Asia/Shanghai has had no daylight saving since 1991. */
export function startOfSchoolDay(day: string): Date {
  return new Date(`${day}T00:00:00+08:00`);
}

/** The first year of the school year: it turns on 1 September, so 2027-08-31 still belongs to 2026. */
export function schoolYear(at: Date): number {
  const [year = 0, month = 0] = schoolDay(at).split("-").map(Number);
  return month >= 9 ? year : year - 1;
}
