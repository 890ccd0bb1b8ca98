import { expect, test } from "vitest";
import { makeSeals } from "#server/seals.ts";

const seals = makeSeals("一个够长的秘密，只在测试里用，别处没有");
const others = makeSeals("另一个够长的秘密，只在测试里用，别处没有");

test("what is sealed is read again by this installation alone, and never looks the same twice", () => {
  const sealed = [seals.seal("lin@example.cn"), seals.seal("lin@example.cn")];
  expect(sealed[0]).not.toBe(sealed[1]);
  for (const one of sealed) {
    expect(Buffer.from(one, "base64url").toString("latin1")).not.toContain("lin");
    expect(seals.unseal(one)).toBe("lin@example.cn");
    expect(() => others.unseal(one)).toThrow();
  }
});

test("a sealed field in which one bit was changed is not read at all", () => {
  const bytes = Buffer.from(seals.seal("13805710001"), "base64url");
  for (const at of bytes.keys()) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(() => seals.unseal(changed.toString("base64url")), `byte ${at}`).toThrow();
  }
});

test("the hash by which a login is found is keyed, of 256 bits, and the same for the same", () => {
  expect(seals.keyedHash("phone:13805710001")).toBe(seals.keyedHash("phone:13805710001"));
  expect(seals.keyedHash("phone:13805710001")).not.toBe(seals.keyedHash("phone:13805710002"));
  expect(seals.keyedHash("phone:13805710001")).not.toBe(others.keyedHash("phone:13805710001"));
  expect(Buffer.from(seals.keyedHash("x"), "base64url")).toHaveLength(32);
});

test("after an exchange is written by the new secret, and what earlier ones wrote is still read and found", () => {
  const both = makeSeals(["第三个够长的秘密，只在测试里用，别处没有", "一个够长的秘密，只在测试里用，别处没有"]);
  const [before, now] = [seals.seal("lin@example.cn"), both.seal("lin@example.cn")];
  expect([both.unseal(before), both.unseal(now)]).toEqual(["lin@example.cn", "lin@example.cn"]);
  expect([both.isCurrent(before), both.isCurrent(now), both.isCurrent(""), both.isCurrent("none")]).toEqual([false, true, false, false]);
  expect(() => seals.unseal(now)).toThrow();
  expect(() => both.unseal(others.seal("lin@example.cn"))).toThrow();
  expect(both.keyedHashes("phone:13805710001")).toEqual([both.keyedHash("phone:13805710001"), seals.keyedHash("phone:13805710001")]);
});
