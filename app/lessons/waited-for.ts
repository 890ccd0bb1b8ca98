import type { PrepState } from "#db/schema/lessons.ts";
import type { Missing } from "../preps/guards.ts";

/** Somebody by name, or those of a kind whose names the reader may not know: who has not handed in stays unsaid. */
export type Waited = { kind: "person"; name: string } | { kind: "drafts" | "confirms" | "teaches" | "reflects" };

interface Waiting {
  state: PrepState;
  missing: readonly Pick<Missing, "key">[];
  participants: readonly { name: string; part: string }[];
}

/** Who can bring a prep on: what is missing says whom it waits for, and once nothing is, it waits for its lead preparer. Nobody when it is over. */
export function waitedFor({ state, missing, participants }: Waiting): Waited[] {
  const lead = participants.filter((one) => one.part === "lead_preparer").map((one): Waited => ({ kind: "person", name: one.name }));
  const lacks = (what: string) => missing.some((one) => one.key === `preps:missing.${what}`);
  switch (state) {
    case "archived":
    case "cancelled":
      return [];
    case "individual_draft":
      return [...(lacks("sections") || missing.length === 0 ? lead : []), ...(lacks("notes") ? [{ kind: "drafts" } as const] : [])];
    case "revision":
      return [...(missing.length === 0 || lacks("threads") || lacks("leadConfirms") ? lead : []), ...(lacks("otherConfirms") ? [{ kind: "confirms" } as const] : [])];
    case "finalised":
      return [{ kind: "teaches" }];
    case "taught":
      return lacks("run") ? [{ kind: "teaches" }] : lead;
    case "reflecting":
      return lacks("reflection") ? [{ kind: "reflects" }] : lead;
    default:
      return lead;
  }
}
