import { schoolDay, startOfSchoolDay } from "#db/school-day.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const BEGINS = 7.5 * HOUR;
const LASTS = 14 * HOUR;
/** What is nearer than this is meant to be seen coming, at whatever hour the demonstration is begun. */
const SOON = 12 * HOUR;

/**
 * When a teacher would do what falls on this instant: on the same school day, with its 24 hours pressed into those from 7:30 to 21:30, so that
 * what came after still comes after. Today's past and what comes soon stay as they are.
 */
export function teachersHour(at: Date, now: Date): Date {
  const day = schoolDay(at);
  const ahead = at.getTime() - now.getTime();
  if (ahead > 0 ? ahead < SOON : day === schoolDay(now)) return at;
  const start = startOfSchoolDay(day).getTime();
  return new Date(start + BEGINS + ((at.getTime() - start) * LASTS) / DAY);
}
