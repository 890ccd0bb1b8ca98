import type { ReactNode } from "react";

export type Tone = "plain" | "now" | "done" | "people" | "mind";

const LOOK: Record<Tone, string> = {
  plain: "bg-well text-ink-2",
  now: "bg-cinnabar-wash text-cinnabar",
  done: "bg-pine-wash text-pine",
  people: "bg-indigo-wash text-indigo",
  mind: "bg-amber-wash text-amber",
};

export function Tag({ tone = "plain", children }: { tone?: Tone; children: ReactNode }) {
  return <span className={`inline-block rounded-[3px] px-2 text-small whitespace-nowrap ${LOOK[tone]}`}>{children}</span>;
}
