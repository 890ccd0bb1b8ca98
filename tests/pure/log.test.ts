import { DrizzleQueryError } from "drizzle-orm";
import { expect, test } from "vitest";
import { told } from "#server/log.ts";

test("a statement that failed is told with its reason and without what people wrote into it", () => {
  const failed = new DrizzleQueryError("insert into reflections (text) values (?)", ["这一句只写给自己"], new Error("database or disk is full"));
  for (const error of [failed, new Error("saving", { cause: failed })]) {
    const line = JSON.stringify(told(error));
    expect(line).toContain("database or disk is full");
    expect(line).toContain("insert into reflections");
    expect(line).toContain("log.test.ts");
    expect(line).not.toContain("只写给自己");
  }
});

test("any other error is told with its stack, and what is no error as it is", () => {
  expect(told(new TypeError("undefined is not a plan"))).toMatchObject({ type: "TypeError", message: "undefined is not a plan" });
  expect(told("gone")).toBe("gone");
});
