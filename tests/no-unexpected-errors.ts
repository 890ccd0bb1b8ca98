import { afterEach, beforeEach, expect, vi } from "vitest";

/** An unexpected `console.error` is a fault that nobody looked at: the test that caused it fails. */
beforeEach(() => {
  vi.spyOn(console, "error");
});

afterEach(() => {
  const spy = vi.mocked(console.error);
  const said = spy.mock?.calls ?? [];
  spy.mockRestore?.();
  expect(said).toEqual([]);
});
