import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { expect, onTestFinished, test } from "vitest";
import { enqueue } from "#db/jobs.ts";
import { readSettings } from "#server/env.ts";
import { makeMetrics } from "#server/metrics.ts";
import { aDatabase } from "#tests/database.ts";
import { running } from "#tests/e2e/running.ts";

test("figures are given to whoever brings the token; to others the address is not there", async () => {
  const db = await aDatabase();
  await db.transaction((tx) => enqueue(tx, "studio.figures", { studioId: "01STUDIO" }, { runAt: new Date(Date.now() - 90_000) }));
  const metrics = makeMetrics("a-token-that-is-long-enough", { db, parts: async () => [{ name: "live", ready: true, reason: "没有" }, { name: "database", ready: true }, { name: "search", ready: false }], disk: async () => ({ free: 5, whole: 9 }), openDocuments: () => 3 });
  const app = express();
  app.use(metrics.measure);
  app.get("/metrics", (request, response, next) => void metrics.show(request, response).catch(next));
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const ask = (authorization?: string) => fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`, { headers: authorization ? { authorization } : {} });
  for (const wrong of [undefined, "Bearer ", "Bearer other"]) {
    const refused = await ask(wrong);
    expect([refused.status, await refused.text()]).toEqual([404, "not there\n"]);
  }
  const lines = (await (await ask("Bearer a-token-that-is-long-enough")).text()).split("\n");
  expect(lines).toEqual(expect.arrayContaining(["tongyan_documents_open 3", 'tongyan_jobs{state="waiting"} 1', 'tongyan_jobs{state="failed"} 0', 'tongyan_part_ready{part="live"} 0.5', 'tongyan_part_ready{part="database"} 1', 'tongyan_part_ready{part="search"} 0', "tongyan_disk_free_bytes 5", 'tongyan_http_seconds_count{method="GET",status="404"} 3']));
  expect(Number(lines.find((line) => line.startsWith('tongyan_jobs{state="overdue"}'))?.split(" ")[1])).toBeGreaterThan(80);
});

test("where no token is set the address is not there for anybody, whatever they bring; an empty one is none", async () => {
  expect(readSettings([], { NODE_ENV: "test", METRICS_TOKEN: "" }).metricsToken).toBeUndefined();
  const server = await running({ mode: "empty" });
  onTestFinished(() => server.stop());
  for (const brought of [undefined, "Bearer", "Bearer undefined", "Bearer null"]) {
    const refused = await fetch(`${server.url}/metrics`, { headers: brought ? { authorization: brought } : {} });
    expect([refused.status, (await refused.text()).includes("tongyan_")]).toEqual([404, false]);
  }
}, 120_000);
