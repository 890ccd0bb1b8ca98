import type { Db } from "#db/types.ts";
import { personOnSeat, provinceId, studioSizes } from "./plan.ts";
import type { Write } from "./writer.ts";

export const DAY = 86_400_000;
export const LEADS = 10;
export const GROUPS = ["数与代数组", "图形与几何组", "统计与概率组", "综合与实践组"] as const;

export interface Scale {
  studios: number;
  people: number;
  seats: number;
  largest: number;
  resources: number;
}

/** What every part of the fill stands on: who sits where, and what things are called. */
export interface Ground {
  db: Db;
  write: Write;
  scale: Scale;
  /** So many days after the base. */
  at(days: number): Date;
  sizes: readonly number[];
  /** Number of the first seat of each studio. */
  starts: readonly number[];
  person(n: number): string;
  onSeat(seat: number): string;
  studio(n: number): string;
  group(studio: number, group: number): string;
  master(studio: number): string;
}

export function groundOf(db: Db, write: Write, scale: Scale, base: Date): Ground {
  const sizes = studioSizes(scale.studios, scale.seats, scale.largest);
  const starts = [0];
  for (const size of sizes) starts.push((starts.at(-1) ?? 0) + size);
  const person = (n: number) => provinceId("perso", n);
  const onSeat = (seat: number) => person(personOnSeat(seat, scale.people));
  return {
    db, write, scale, sizes, starts, person, onSeat,
    at: (days) => new Date(base.getTime() + days * DAY),
    studio: (n) => provinceId("studi", n),
    group: (studio, group) => provinceId("group", studio * GROUPS.length + group),
    master: (studio) => onSeat(starts[studio] ?? 0),
  };
}

export function one<const Words extends readonly [unknown, ...unknown[]]>(of: Words, n: number): Words[number] {
  return of[n % of.length];
}
