import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { ScannerAway } from "#app/files/files.ts";
import { listAttachments } from "#db/attachments.ts";
import { readSettings } from "#server/env.ts";
import { filesOnDisk } from "#server/files.ts";
import { clamd } from "#server/virus-scanner.ts";
import { aFolder, serving, TEACHER, upload } from "#tests/files/serving.ts";
import { until } from "#tests/live/until.ts";
import { freePort } from "#tests/free-port.ts";
import { programOf } from "#tests/processes/programs.ts";

const CLAMD = programOf("clamd") ?? "";
const real = CLAMD !== "";
/** The test file by which scanners are tried, in two parts: whole, it would be found here as well. */
const EICAR = ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR", "-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"].join("");
const pdf = (words: string) => Buffer.from(`%PDF-1.7\n${words}\n%%EOF\n`);

let folder: string;
let program: ChildProcess | undefined;
let address: URL;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "tongyan-clamd-"));
  if (!real) return;
  address = new URL(`tcp://127.0.0.1:${await freePort()}`);
  // The one signature that it knows; where it stands in a file does not matter.
  writeFileSync(join(folder, "own.ndb"), `Eicar-Test:0:*:${Buffer.from(EICAR).toString("hex")}\n`);
  writeFileSync(join(folder, "clamd.conf"), [`Foreground yes`, `DatabaseDirectory ${folder}`, `TCPSocket ${address.port}`, "TCPAddr 127.0.0.1", "StreamMaxLength 1M", ""].join("\n"));
  program = spawn(CLAMD, ["-c", join(folder, "clamd.conf")], { stdio: "ignore" });
  await until("clamd", async () => (await clamd(address).readiness()).ready);
}, 60_000);

afterAll(() => {
  program?.kill();
  rmSync(folder, { recursive: true, force: true });
});

async function servingWith(url: URL) {
  const stored = aFolder();
  const at = await serving({ files: { ...filesOnDisk(stored), look: (path) => clamd(url).look(path) } });
  return { ...at, kept: () => readdirSync(stored, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).length };
}

test.skipIf(!real)("ClamAV: a file with a virus in it is refused with a word, and nothing of it is kept; a clean one is taken", async () => {
  const at = await servingWith(address);
  expect(await upload(at, TEACHER, "课件.pdf", pdf(EICAR))).toEqual({ status: 422, answer: { refused: "infected" } });
  expect([at.kept(), await listAttachments(at.db, "plan", at.planId)]).toEqual([0, []]);
  expect((await upload(at, TEACHER, "课件.pdf", pdf("分数的意义"))).status).toBe(201);
  expect(at.kept()).toBe(1);
  expect(at.faults).toEqual([]);
});

test.skipIf(!real)("ClamAV: what is longer than it looks at was not seen, and is refused as that", async () => {
  const at = await servingWith(address);
  expect(await upload(at, TEACHER, "课件.pdf", pdf("分".repeat(2_000_000)))).toEqual({ status: 503, answer: { refused: "unscanned" } });
  expect(at.kept()).toBe(0);
});

test("while the scanner is away, falls silent or says something else, files are refused for now, and it is said why", async () => {
  const nobody = new URL(`tcp://127.0.0.1:${await freePort()}`);
  const at = await servingWith(nobody);
  expect(await upload(at, TEACHER, "课件.pdf", pdf("分数的意义"))).toEqual({ status: 503, answer: { refused: "unscanned" } });
  expect([at.kept(), at.faults]).toEqual([0, []]);
  expect(await clamd(nobody).readiness()).toMatchObject({ ready: false, reason: expect.stringContaining("ECONNREFUSED") });
  // Stand-ins: a program that hangs up, and one that answers what clamd does when it cannot.
  const path = join(folder, "课件.pdf");
  writeFileSync(path, pdf("分数的意义"));
  for (const said of ["", "stream: Can't allocate memory ERROR\0", "stream: OK and more\0"]) {
    const { url } = await saying(said);
    await expect(clamd(url).look(path), said).rejects.toThrow(ScannerAway);
    expect(await clamd(url).readiness(), said).toMatchObject({ ready: false });
  }
});

test("a scanner is set by its address, or the setting is refused", () => {
  const settings = (url: string) => readSettings([], { NODE_ENV: "test", CLAMAV_URL: url }).virusScanner;
  expect(settings("tcp://clamav:3310")?.host).toBe("clamav:3310");
  expect(settings("")).toBeUndefined();
  for (const wrong of ["clamav:3310", "http://clamav:3310", "tcp://", "/run/clamd.sock"]) expect(() => settings(wrong), wrong).toThrow(/CLAMAV_URL/);
});

/** Listens to whatever comes, says this, and hangs up. */
async function saying(words: string): Promise<{ url: URL }> {
  const server = createServer((line) => {
    line.on("error", () => undefined).once("data", () => line.end(words));
  });
  onTestFinished(() => void server.close());
  return { url: new URL(`tcp://127.0.0.1:${await portOf(server)}`) };
}

function portOf(server: Server): Promise<number> {
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve((server.address() as { port: number }).port))); // it listens on TCP
}
