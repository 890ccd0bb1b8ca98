import type { PrepState } from "#db/schema/lessons.ts";

export interface SectionProgress {
  key: string;
  title: string;
  required: boolean;
  minChars: number;
  charCount: number;
}

/** What the guards look at. */
export interface PrepFacts {
  /** Sections of the common plan. */
  sections: readonly SectionProgress[];
  /** Co-preparers who accepted, and how many of them have handed in their draft. */
  notes: { due: number; submitted: number };
  draftDeadline: Date | null;
  /** Seminars about the prep that ended in this round, and how many of them have minutes. */
  seminars: { held: number; withMinutes: number };
  stateSince: Date;
  /** Blocking threads of the common plan that are not resolved. */
  openThreads: number;
  confirmed: { lead: boolean; others: number };
  runs: number;
  reflections: number;
}

/** A thing that is still missing: a sentence of the room `preps` and what it needs. */
export interface Missing {
  key: `preps:missing.${string}`;
  params?: Record<string, string | number> | undefined;
}

export interface Guard {
  missing: Missing[];
  /** What the person who moves has to write: why the prep goes on with few drafts, why it goes back, or the minutes of a discussion in writing. */
  asks: "reason" | "minutes" | null;
}

export type MoveKind = "forward" | "back" | "round";

/** Where a prep may be moved by hand. `finalised → taught` follows from the first lesson that is given. */
export function movesFrom(state: PrepState): { to: PrepState; kind: MoveKind }[] {
  switch (state) {
    case "individual_draft":
      return [{ to: "discussion", kind: "forward" }];
    case "discussion":
      return [{ to: "revision", kind: "forward" }, { to: "individual_draft", kind: "back" }];
    case "revision":
      return [{ to: "finalised", kind: "forward" }, { to: "discussion", kind: "back" }];
    case "taught":
      return [{ to: "reflecting", kind: "forward" }, { to: "individual_draft", kind: "round" }];
    case "reflecting":
      return [{ to: "archived", kind: "forward" }];
    default:
      return [];
  }
}

/** How long a discussion in writing stays open before it can stand for a seminar. */
export const ASYNCHRONOUS_WINDOW_MS = 48 * 3_600_000;

/**
 * What is still missing before a prep in `from` may go to `to`: the guards G1 to G5.
 * @throws RangeError for a move that the states do not know
 */
export function guardOf(from: PrepState, to: PrepState, facts: PrepFacts, now: Date): Guard {
  const move = movesFrom(from).find((one) => one.to === to);
  if (!move) throw new RangeError(`no prep goes from ${from} to ${to}`);
  if (move.kind !== "forward") return { missing: [], asks: "reason" };
  switch (to) {
    case "discussion":
      return beforeReveal(facts, now);
    case "revision":
      return afterDiscussion(facts, now);
    case "finalised":
      return { missing: beforeFinal(facts), asks: null };
    case "reflecting":
      return { missing: facts.runs > 0 ? [] : [{ key: "preps:missing.run" }], asks: null };
    default:
      return { missing: facts.reflections > 0 ? [] : [{ key: "preps:missing.reflection" }], asks: null };
  }
}

/** Required sections that are not complete, in the order of the page. */
export function incompleteSections(sections: readonly SectionProgress[]): SectionProgress[] {
  return sections.filter((section) => section.required && section.charCount < section.minChars);
}

/** G1. All drafts are in; or the deadline has passed and enough are; or it has passed and the lead says why to go on with fewer. */
function beforeReveal(facts: PrepFacts, now: Date): Guard {
  const missing: Missing[] = [];
  const incomplete = incompleteSections(facts.sections);
  if (incomplete.length > 0) missing.push({ key: "preps:missing.sections", params: { count: incomplete.length, sections: incomplete.map((section) => section.title).join("、") } });
  const { due, submitted } = facts.notes;
  if (submitted >= due) return { missing, asks: null };
  const passed = facts.draftDeadline === null || facts.draftDeadline <= now;
  if (!passed) return { missing: [...missing, { key: "preps:missing.notes", params: { count: due - submitted, submitted, due } }], asks: null };
  return { missing, asks: submitted >= Math.min(3, Math.ceil(due / 2)) ? null : "reason" };
}

/** G2. A seminar was held and has minutes; or the plan lay open for 48 hours and the lead writes what was decided. */
function afterDiscussion(facts: PrepFacts, now: Date): Guard {
  if (facts.seminars.withMinutes > 0) return { missing: [], asks: null };
  if (facts.seminars.held > 0) return { missing: [{ key: "preps:missing.minutes" }], asks: null };
  const left = facts.stateSince.getTime() + ASYNCHRONOUS_WINDOW_MS - now.getTime();
  if (left > 0) return { missing: [{ key: "preps:missing.seminar", params: { hours: Math.ceil(left / 3_600_000) } }], asks: null };
  return { missing: [], asks: "minutes" };
}

/** G3. */
function beforeFinal(facts: PrepFacts): Missing[] {
  const missing: Missing[] = [];
  if (facts.openThreads > 0) missing.push({ key: "preps:missing.threads", params: { count: facts.openThreads } });
  if (!facts.confirmed.lead) missing.push({ key: "preps:missing.leadConfirms" });
  if (facts.confirmed.others === 0) missing.push({ key: "preps:missing.otherConfirms" });
  return missing;
}
