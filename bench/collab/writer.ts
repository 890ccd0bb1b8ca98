import { setTimeout as pause } from "node:timers/promises";
import type { Page } from "./page.ts";

export interface Writer {
  /** The numbers below this were acknowledged. */
  acknowledged(): number;
  /** @returns how many were acknowledged until then */
  stop(): number;
}

/** Somebody who puts 0, 1, 2 … into a list without waiting, and remembers what of it was acknowledged. */
export function writer(page: Page, name: string, random: () => number, onAcknowledged: (ms: number) => void = () => undefined): Writer {
  const list = page.doc.getArray<number>(name);
  const typedAt: number[] = [];
  let acknowledged = 0;
  let typing = true;
  page.onAcknowledged((waiting) => {
    for (; typing && acknowledged < typedAt.length - waiting; acknowledged += 1) onAcknowledged(performance.now() - (typedAt[acknowledged] ?? 0));
  });
  void (async () => {
    while (typing) {
      typedAt.push(performance.now());
      list.push([typedAt.length - 1]);
      await pause(60 + random() * 130);
    }
  })();
  return {
    acknowledged: () => acknowledged,
    stop: () => {
      typing = false;
      return acknowledged;
    },
  };
}
