import { setTimeout as pause } from "node:timers/promises";

/** Waits until something is so, looking often. Fails with what it was waiting for. */
export async function until<Value>(what: string, look: () => Value | Promise<Value>, patience = 30_000): Promise<NonNullable<Value>> {
  const end = Date.now() + patience;
  for (;;) {
    const value = await look();
    if (value) return value;
    if (Date.now() > end) throw new Error(`waited ${patience} ms in vain: ${what}`);
    await pause(50);
  }
}
