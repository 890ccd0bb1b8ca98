import { schoolDay } from "#db/school-day.ts";
import type { VisitsOfDay } from "#db/visits.ts";

/** What was counted is written this often: a kill costs the visits of one such interval at most. */
export const WRITE_MS = 5_000;

export type Seen = "visit" | "page" | "bot";

export interface VisitCounter {
  /** Counts in memory; nothing is written. A visit is a page as well. */
  count(seen: Seen, at?: Date): void;
  /** Writes what waits, and counts no more. */
  stop(): Promise<void>;
}

/** Counts visits by school day and writes them in batches. What could not be written waits for the next time. */
export function countVisits(write: (ofDay: VisitsOfDay) => Promise<void>, report: (error: unknown) => void, everyMs = WRITE_MS): VisitCounter {
  const waiting = new Map<string, VisitsOfDay>();
  const add = ({ day, visits, pages, botPages }: VisitsOfDay) => {
    const known = waiting.get(day) ?? { day, visits: 0, pages: 0, botPages: 0 };
    waiting.set(day, { day, visits: known.visits + visits, pages: known.pages + pages, botPages: known.botPages + botPages });
  };
  let writing: Promise<void> = Promise.resolve();
  const flush = async () => {
    for (const ofDay of [...waiting.values()]) {
      waiting.delete(ofDay.day);
      await write(ofDay).catch((error: unknown) => {
        add(ofDay);
        report(error);
      });
    }
  };
  const timer = setInterval(() => void (writing = writing.then(flush)), everyMs);
  let day = { name: "", until: 0 };
  return {
    count: (seen, at = new Date()) => {
      // Working out the day of an instant is what a whole count costs otherwise.
      if (at.getTime() >= day.until || at.getTime() < day.until - MINUTE) day = { name: schoolDay(at), until: (Math.floor(at.getTime() / MINUTE) + 1) * MINUTE };
      add({ day: day.name, visits: seen === "visit" ? 1 : 0, pages: seen === "bot" ? 0 : 1, botPages: seen === "bot" ? 1 : 0 });
    },
    stop: async () => {
      clearInterval(timer);
      await (writing = writing.then(flush));
    },
  };
}

/** Days begin with a minute. */
const MINUTE = 60_000;
