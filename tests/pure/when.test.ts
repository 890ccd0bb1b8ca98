import { expect, test } from "vitest";
import { sayWhen } from "#app/ui/when.tsx";

const saturday = new Date("2026-11-28T05:30:00Z");

test("a weekday and an hour stand apart, in school time", () => {
  expect(sayWhen(saturday, "zh-CN", "weekTime")).toBe("周六 13:30");
  expect(sayWhen(saturday, "en", "weekTime")).toBe("Sat 13:30");
  expect(sayWhen(saturday, "zh-CN")).toBe("11月28日周六 13:30");
});
