import type { Block } from "#app/plans/blocks.ts";
import type { DemoSections } from "#server/demo/content/plan.ts";

/** A section of a plan, or of one of its periods: `process.p1`, `homework.p2`. */
export type DemoSectionKey = keyof DemoSections | `${"process" | "board_plan" | "homework"}.p${number}`;

/** Talk in the margin. `quote` stands word for word inside one string of the section. */
export interface DemoThread {
  plan: string;
  section: DemoSectionKey;
  quote: string;
  by: string;
  hoursAgo: number;
  body: string;
  /** A thread that has to be resolved before the plan can be finalised. */
  blocking?: true;
  replies: readonly { by: string; hoursAgo: number; body: string }[];
  resolved?: { by: string; hoursAgo: number };
}

/** An hour of talk. Minutes count from the start; a seminar that has not begun has an agenda and nothing else. */
export interface DemoSeminar {
  key: string;
  studio: string;
  plan?: string;
  kind: "prep_discussion" | "master_live" | "topic";
  title: string;
  /** Negative for a seminar that is over. */
  startsInHours: number;
  minutes: number;
  host: string;
  speakers: readonly string[];
  capacity: number;
  agenda: readonly { title: string; minutes: number; section?: DemoSectionKey }[];
  chat: readonly { minute: number; by: string; text: string }[];
  hands: readonly { raised: number; lowered: number; by: string; about: string }[];
  attendance: readonly { by: string; channel: "webrtc" | "text"; intervals: readonly (readonly [number, number])[] }[];
  record?: {
    scribe: string;
    summary: readonly Block[];
    decisions: readonly string[];
    todos: readonly { who: string; what: string; dueInDays: number }[];
  };
}

export interface DemoAnnouncement {
  studio: string;
  by: string;
  daysAgo: number;
  title: string;
  body: string;
}

/** An individual draft: what one teacher wrote before seeing the others. Unfinished on purpose. */
export interface DemoNote {
  plan: string;
  by: string;
  submittedHoursAgo?: number;
  sections: Partial<Record<DemoSectionKey, readonly Block[]>>;
}

/** One time that the lesson was taught. The owner's reflection on the case stands in the plan itself. */
export interface DemoRun {
  plan: string;
  by: string;
  classLabel: string;
  daysAgo: number;
  changed: string;
  reflection?: readonly { prompt: string; section: DemoSectionKey; answer: string }[];
}

export { demoAnnouncements } from "#server/demo/content/talk/announcements.ts";
export { demoNotes } from "#server/demo/content/talk/notes.ts";
export { demoRuns } from "#server/demo/content/talk/runs.ts";
export { demoSeminars } from "#server/demo/content/talk/seminars.ts";
export { demoThreads } from "#server/demo/content/talk/threads.ts";
