import { createServer, request } from "node:http";
import express from "express";
import { expect, onTestFinished, test } from "vitest";
import { limitForms } from "#server/form-limit.ts";

const MEGABYTE = 1 << 20;
const TEXT = "application/x-www-form-urlencoded";

/** A page that holds a whole form in memory, behind the limit. */
async function aPage() {
  const app = express();
  let held = 0;
  app.use(limitForms, (asked, response) => {
    asked.on("data", (bytes: Buffer) => (held += bytes.byteLength)).on("end", () => response.send("taken"));
  });
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = address && typeof address === "object" ? address.port : 0;
  const send = (megabytes: number, type: string, length = true) =>
    new Promise<number>((resolve, reject) => {
      const sending = request({ port, host: "127.0.0.1", method: "POST", headers: { "content-type": type, ...(length ? { "content-length": megabytes * MEGABYTE } : {}) } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      });
      sending.on("error", reject);
      for (let sent = 0; sent < megabytes; sent += 1) sending.write(Buffer.alloc(MEGABYTE, 97));
      sending.end();
    });
  return { send, held: () => held };
}

test("a form that is too long, or does not say how long it is, is refused before anything of it is held", async () => {
  const { send, held } = await aPage();
  expect(await send(20, TEXT)).toBe(413);
  expect(await send(1, TEXT, false)).toBe(411);
  expect(held()).toBe(0);
  expect(await send(1, TEXT)).toBe(200);
  expect(await send(20, "multipart/form-data; boundary=b")).toBe(200);
  expect(held()).toBe(21 * MEGABYTE);
});
