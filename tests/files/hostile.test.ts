import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { StorageFull } from "#app/files/files.ts";
import { listAttachments } from "#db/attachments.ts";
import { filesOnDisk } from "#server/files.ts";
import { wordReader } from "#server/word.ts";
import { MEGABYTE, nested, p, refusedFiles, refusedWordFiles, whole } from "#tests/files/hostile-files.ts";
import { rawWord, wordXml } from "#tests/files/raw-zip.ts";
import { aFolder, serving, TEACHER, tusHeaders, upload } from "#tests/files/serving.ts";
import { allWords, aWordFile, line } from "#tests/plans/word-files.ts";

/** Memory may grow by this at most, the files themselves included. How soon each is answered is for the bench `hostile`. */
const MOST_MEMORY = 320 << 20;

test("what can be taken is taken, or refusing would prove nothing", async () => {
  const at = await serving();
  const bytes = await aWordFile([line("教学目标"), line("会数")]);
  expect((await upload(at, TEACHER, "教案.docx", bytes)).status).toBe(201);
  expect((await upload(at, TEACHER, "教案二.docx", rawWord(wordXml(p("教学目标"))))).status).toBe(201);
  expect(await wordReader().read(rawWord(wordXml(p("教学目标") + p("会数"))))).toMatchObject({ imported: { sections: [{ key: "objectives" }] } });
});

test.each([...refusedFiles])("%s is refused", async (_what, name, make, reason) => {
  const at = await serving();
  const bytes = make();
  const grown = watchMemory();
  expect(await upload(at, TEACHER, name, bytes)).toEqual({ status: 422, answer: { refused: reason } });
  expect(grown()).toBeLessThan(MOST_MEMORY);
  expect(await listAttachments(at.db, "plan", at.planId)).toEqual([]);
  expect(filesBelow(at.folder)).toEqual([]);
  expect(at.faults).toEqual([]);
});

test("200 MB are not waited for, and leave nothing", async () => {
  const at = await serving();
  const grown = watchMemory();
  expect(await sendEndless(at.url, at.planId, 200 * MEGABYTE)).toEqual([413, '{"refused":"too_large"}']);
  const metadata = { ownerType: "plan", ownerId: at.planId, name: "课件.pptx" };
  expect((await at.as(TEACHER, "/uploads", { method: "POST", headers: tusHeaders(metadata, 200 * MEGABYTE) })).status).toBe(413);
  expect(grown()).toBeLessThan(MOST_MEMORY);
  expect(filesBelow(at.folder)).toEqual([]);
});

test.each([...refusedWordFiles])("importing %s is refused", async (_what, make, reason) => {
  const bytes = make();
  const grown = watchMemory();
  expect(await wordReader().read(bytes)).toEqual({ refused: reason });
  expect(grown()).toBeLessThan(MOST_MEMORY + 512 * MEGABYTE);
});

test("tables in tables, eighty deep, become lines with every word in them", async () => {
  const answer = await wordReader().read(rawWord(wordXml(nested(80))));
  if ("refused" in answer) throw new Error(answer.refused);
  const words = allWords(answer.imported);
  for (let depth = 1; depth <= 80; depth += 1) expect(words).toContain(`第${depth}层`);
  expect(answer.imported.notes).toContain("nested_tables");
});

test("10,000 paragraphs are read, and the server answers meanwhile", async () => {
  const bytes = rawWord(wordXml(Array.from({ length: 10_000 }, (_, at) => p(`第${at}段，量一量，算一算。`)).join("")));
  let ticks = 0;
  const ticking = setInterval(() => (ticks += 1), 5);
  const answer = await wordReader().read(bytes);
  clearInterval(ticking);
  if ("refused" in answer) throw new Error(answer.refused);
  expect(answer.imported.sections[0]?.nodes).toHaveLength(10_000);
  expect(ticks).toBeGreaterThan(10);
});

test("a document that takes too long or too much is ended, and the next one is read", async () => {
  const bytes = rawWord(wordXml(Array.from({ length: 60_000 }, (_, at) => p(`${at}`)).join("")));
  expect(await wordReader({ deadlineMs: 20 }).read(bytes)).toEqual({ refused: "word_too_slow" });
  expect(await wordReader({ heapMb: 24 }).read(bytes)).toEqual({ refused: "word_too_complex" });
  const reader = wordReader({ atOnce: 1, waiting: 1 });
  const three = await Promise.all([1, 2, 3].map(() => reader.read(whole)));
  expect(three.filter((answer) => "refused" in answer)).toEqual([{ refused: "busy" }]);
  expect(await reader.read(whole)).toHaveProperty("imported");
});

const small = aSmallDisk();

test.skipIf(small === undefined)("a full disk is said as such, keeps nothing half, and goes on when there is room", async () => {
  const disk = small?.() ?? "";
  const files = filesOnDisk(join(disk, "files"));
  await expect(files.put(Buffer.alloc(3 * MEGABYTE, 1))).rejects.toThrow(StorageFull);
  expect(filesBelow(disk)).toEqual([]);
  expect((await files.put(Buffer.alloc(MEGABYTE / 2, 1))).byteCount).toBe(MEGABYTE / 2);
  const at = await serving({ files, uploadFolder: join(disk, "uploads") });
  const pdf = Buffer.concat([Buffer.from("%PDF-1.7\n"), Buffer.alloc(3 * MEGABYTE, 2)]);
  expect(await upload(at, TEACHER, "讲义.pdf", pdf)).toEqual({ status: 507, answer: { refused: "storage_full" } });
  const metadata = { ownerType: "plan", ownerId: at.planId, name: "讲义.pdf" };
  const begun = await at.as(TEACHER, "/uploads", { method: "POST", headers: tusHeaders(metadata, pdf.byteLength) });
  const sent = await at.as(TEACHER, begun.headers.get("location") ?? "", { method: "PATCH", body: pdf as Uint8Array<ArrayBuffer>, headers: { "tus-resumable": "1.0.0", "upload-offset": "0", "content-type": "application/offset+octet-stream" } });
  expect([sent.status, await sent.text()]).toEqual([507, '{"refused":"storage_full"}']);
  expect(filesBelow(join(disk, "uploads"))).toEqual([]);
  expect((await upload(at, TEACHER, "讲义.pdf", pdf.subarray(0, 1000))).status).toBe(201);
});

/** The highest that the process grew by since, counting what lies outside the heap. */
function watchMemory(): () => number {
  const before = process.memoryUsage.rss();
  let highest = before;
  const look = () => (highest = Math.max(highest, process.memoryUsage.rss()));
  const looking = setInterval(look, 10);
  onTestFinished(() => clearInterval(looking));
  return () => look() - before;
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => entry.name);
}

function sendEndless(url: string, planId: string, byteCount: number): Promise<[number, string]> {
  return new Promise((resolve, reject) => {
    const sending = request(`${url}/uploads/simple`, { method: "POST", headers: { "x-person": TEACHER, accept: "application/json", "content-type": "multipart/form-data; boundary=b" } }, (response) => {
      let words = "";
      response.on("data", (part: Buffer) => (words += part.toString()));
      response.on("end", () => resolve([response.statusCode ?? 0, words]));
    });
    sending.on("error", reject);
    const field = (name: string, value: string) => sending.write(`--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`);
    field("ownerType", "plan");
    field("ownerId", planId);
    sending.write('--b\r\nContent-Disposition: form-data; name="file"; filename="a.pptx"\r\nContent-Type: application/octet-stream\r\n\r\n');
    const block = Buffer.alloc(256 * 1024);
    let sent = 0;
    const more = () => {
      while (sent < byteCount) {
        sent += block.byteLength;
        if (!sending.write(block)) return void sending.once("drain", more);
      }
      sending.end("\r\n--b--\r\n");
    };
    more();
  });
}

/** A disk of 2 MB, where the test may mount one. */
function aSmallDisk(): (() => string) | undefined {
  const mount = (folder: string) => {
    mkdirSync(folder, { recursive: true });
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=2m", "tmpfs", folder], { stdio: "ignore" });
  };
  const umount = (folder: string) => execFileSync("umount", ["-l", folder], { stdio: "ignore" });
  try {
    const trial = join("/tmp", `tongyan-disk-${process.pid}`);
    mount(trial);
    umount(trial);
    rmSync(trial, { recursive: true, force: true });
  } catch {
    return undefined; // not root, or not Linux: the test is skipped by name
  }
  return () => {
    const folder = join(aFolder(), "disk");
    mount(folder);
    onTestFinished(() => void umount(folder));
    return folder;
  };
}
