import { Document } from "@hocuspocus/server";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { pace } from "#server/collab/pace.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setImmediate", "clearImmediate", "performance"] }));
afterEach(() => void vi.useRealTimers());

/** A document with so many connections, and when it has told them something. */
function aDocument(connections: number) {
  const document = new Document("plan:01JPLAN");
  document.getConnectionsCount = () => connections;
  pace(document);
  const sent: number[] = [];
  const flush = document.flush.bind(document);
  document.flush = () => {
    sent.push(Math.round(performance.now() - began));
    return flush();
  };
  const began = performance.now();
  const text = document.getText("t");
  return { document, sent, types: () => text.insert(0, "字") };
}

test("among a thousand, what comes after a pause goes out at once, and what comes shortly after it together", () => {
  const { document, sent, types } = aDocument(1_000);
  for (let at = 0; at < 300; at += 5) {
    types();
    vi.advanceTimersByTime(5);
  }
  vi.advanceTimersByTime(1_000);
  types();
  vi.advanceTimersByTime(5);
  expect(sent[0]).toBe(0);
  expect(sent.length).toBeLessThanOrEqual(6);
  expect(sent.at(-1)).toBe(1_300);
  for (const [no, at] of sent.entries()) if (no > 0) expect(at - (sent[no - 1] ?? 0)).toBeGreaterThanOrEqual(95);
  document.destroy();
});

test("among few, everything goes out at once", () => {
  const { document, sent, types } = aDocument(99);
  for (let turn = 0; turn < 10; turn += 1) {
    types();
    vi.advanceTimersByTime(5);
  }
  expect(sent).toHaveLength(10);
  document.destroy();
});
