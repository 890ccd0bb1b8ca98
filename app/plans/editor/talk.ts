import { useEffect, useRef } from "react";
import type { PlanAwareness } from "./section-awareness.ts";

/**
 * Tells the others in the plan which talk one's page shows, and hears from theirs that there is news: whoever writes a comment shows
 * it at once, and all others look again.
 */
export function useTalk(awareness: PlanAwareness, talk: string | undefined, onNews: (() => void) | undefined): void {
  const heard = useRef(new Map<number, readonly unknown[]>());
  useEffect(() => {
    if (talk === undefined) return;
    awareness.setLocalStateField("talk", talk);
    const listen = () => {
      for (const [client, state] of awareness.getStates()) {
        if (client === awareness.clientID) continue;
        const theirs = talksOf(state);
        const before = heard.current.get(client) ?? [];
        heard.current.set(client, theirs);
        if (theirs.some((one) => one !== talk && !before.includes(one))) onNews?.();
      }
    };
    listen();
    awareness.on("change", listen);
    return () => awareness.off("change", listen);
  }, [awareness, talk, onNews]);
}

/** Of a writer the one that the page shows; of readers, for whom the server speaks, all that their pages show. */
function talksOf({ talk, talks }: { talk?: unknown; talks?: unknown }): string[] {
  const all: unknown[] = [talk, ...(Array.isArray(talks) ? talks : [])];
  return all.filter((one) => typeof one === "string");
}
