import { useEffect, useRef } from "react";
import type { PlanAwareness } from "./section-awareness.ts";

/**
 * Tells the others in the plan which talk one's page shows, and hears from theirs that there is news: whoever writes a comment shows
 * it at once, and all others look again.
 */
export function useTalk(awareness: PlanAwareness, talk: string | undefined, onNews: (() => void) | undefined): void {
  const heard = useRef(new Map<number, unknown>());
  useEffect(() => {
    if (talk === undefined) return;
    awareness.setLocalStateField("talk", talk);
    const listen = () => {
      for (const [client, state] of awareness.getStates()) {
        const theirs: unknown = state.talk;
        if (client === awareness.clientID || heard.current.get(client) === theirs) continue;
        heard.current.set(client, theirs);
        if (typeof theirs === "string" && theirs !== talk) onNews?.();
      }
    };
    listen();
    awareness.on("change", listen);
    return () => awareness.off("change", listen);
  }, [awareness, talk, onNews]);
}
