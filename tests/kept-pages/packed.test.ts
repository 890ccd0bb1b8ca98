import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { Packed } from "#server/kept-pages/packed.ts";

const page = Buffer.from(`<html>${"<p>分数的意义</p>".repeat(2_000)}</html>`);

test("whoever takes which packing gets the same page, and what is kept of it is a fraction and counted", async () => {
  const packed = await Packed.of(page);
  expect(brotliDecompressSync(await packed.as("br"))).toEqual(page);
  expect(await packed.as("identity")).toEqual(page);
  expect(packed.bytes).toBe((await packed.as("br")).byteLength);
  expect(gunzipSync(await packed.as("gzip"))).toEqual(page);
  expect(packed.bytes).toBe((await packed.as("br")).byteLength + (await packed.as("gzip")).byteLength);
  expect(packed.bytes).toBeLessThan(page.byteLength / 20);
});
