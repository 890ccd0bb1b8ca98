import { useEffect } from "react";
import * as Y from "yjs";
import type { PlanDocument } from "./plan-document.ts";
import { keptText } from "./section-health.ts";
import { BLOCK_END } from "./section-text.ts";

/** While one types, the contents need not follow each key. */
const LOOKS_AFTER_MS = 700;

/** Tells how much is written in each section, soon after that changes: characters, as the server counts them for what is still missing. */
export function useLengths(plan: PlanDocument, keys: string, tell: ((lengths: Record<string, number>) => void) | undefined): void {
  useEffect(() => {
    if (!tell) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const count = () => {
      timer = undefined;
      tell(Object.fromEntries(keys.split(",").map((key) => [key, lengthOf(plan.doc.get(key, Y.XmlText))])));
    };
    const soon = () => {
      timer ??= setTimeout(count, LOOKS_AFTER_MS);
    };
    plan.doc.on("update", soon);
    return () => {
      clearTimeout(timer);
      plan.doc.off("update", soon);
    };
  }, [plan, keys, tell]);
}

function lengthOf(root: Y.XmlText): number {
  return [...keptText(root).replaceAll(BLOCK_END, "").replace(/\s/gu, "")].length;
}
