import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { aWhile, joined, until } from "#tests/collab/setting.ts";
import { sqliteFile } from "#tests/database.ts";

async function started(file: string): Promise<{ process: ChildProcess; port: number }> {
  const { DATABASE_URL: _other, ...env } = process.env;
  const child = spawn(process.execPath, [join(import.meta.dirname, "killable-server.ts"), file], { env, stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  return { process: child, port: (JSON.parse(line.toString()) as { port: number }).port };
}

test("what was acknowledged survives a kill in the middle of typing, exactly once", async () => {
  const file = sqliteFile();
  const first = await started(file);
  const writers = Array.from({ length: 5 }, (_, index) => {
    const page = joined(first.port, `w${index}`);
    const list = page.doc.getArray<number>(`w${index}`);
    let acknowledged = 0;
    page.provider.on("unsyncedChanges", ({ number }: { number: number }) => {
      if (number === 0) acknowledged = list.length;
    });
    return { page, list, acknowledged: () => acknowledged };
  });
  for (const { page } of writers) await page.synced();
  let typing = true;
  const typed = writers.map(async ({ list }) => {
    while (typing) {
      list.push([list.length]);
      await aWhile(2 + Math.random() * 8);
    }
  });
  await until(() => writers.every((writer) => writer.acknowledged() > 40));
  first.process.kill("SIGKILL");
  await once(first.process, "exit");
  const promised = writers.map((writer) => writer.acknowledged());
  typing = false;
  await Promise.all(typed);
  for (const { page } of writers) page.leave();

  const second = await started(file);
  const reader = joined(second.port, "reader");
  await reader.synced();
  writers.forEach((_writer, index) => {
    const kept = reader.doc.getArray<number>(`w${index}`).toArray();
    expect(kept.length).toBeGreaterThanOrEqual(promised[index] ?? 0);
    expect(kept).toEqual(kept.map((_one, place) => place));
  });
});
