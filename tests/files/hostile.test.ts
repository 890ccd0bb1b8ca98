import { randomBytes } from "node:crypto";
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { StorageFull } from "#app/files/files.ts";
import { listAttachments } from "#db/attachments.ts";
import { filesOnDisk } from "#server/files.ts";
import { wordReader } from "#server/word.ts";
import { rawWord, rawZip, wordXml } from "#tests/files/raw-zip.ts";
import { aFolder, serving, TEACHER, tusHeaders, upload } from "#tests/files/serving.ts";
import { allWords, aWordFile, line } from "#tests/plans/word-files.ts";

/** Each answers within this, however it is refused; memory may grow by this at most, the files themselves included. */
const SOON = { timeout: 5_000 };
const MOST_MEMORY = 320 << 20;

const MEGABYTE = 1 << 20;
const p = (words: string) => `<w:p><w:r><w:t>${words}</w:t></w:r></w:p>`;

test("what can be taken is taken, or refusing would prove nothing", SOON, async () => {
  const at = await serving();
  const bytes = await aWordFile([line("教学目标"), line("会数")]);
  expect((await upload(at, TEACHER, "教案.docx", bytes)).status).toBe(201);
  expect((await upload(at, TEACHER, "教案二.docx", rawWord(wordXml(p("教学目标"))))).status).toBe(201);
  expect(await wordReader().read(rawWord(wordXml(p("教学目标") + p("会数"))))).toMatchObject({ imported: { sections: [{ key: "objectives" }] } });
});

const types = (content: string) => `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="${content}"/></Types>`;
const compound = Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), Buffer.alloc(600_000), Buffer.from("_VBA_PROJECT", "utf16le"), Buffer.alloc(100)]);
const svg = '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
const whole = rawWord(wordXml(p("教学目标")));
/** Compresses a thousand to one, as it says itself. */
const bomb = () => rawWord(wordXml(""), [{ name: "word/media/image1.png", bytes: Buffer.alloc(64 * MEGABYTE) }]);

test.each<[string, string, () => Uint8Array, string]>([
  ["nothing at all", "空.docx", () => Buffer.alloc(0), "empty"],
  ["text that is called a Word file", "教案.docx", () => Buffer.from("教案"), "mismatch"],
  ["a zip of something else", "教案.docx", () => rawZip([{ name: "a.txt", bytes: Buffer.from("a") }]), "mismatch"],
  ["a zip", "资料.zip", () => rawZip([{ name: "a.txt" }]), "archive"],
  ["a bomb by its ratio", "教案.docx", bomb, "archive_bomb"],
  ["a bomb by its sum", "课件.pptx", () => rawZip(Array.from({ length: 33 }, (_, at) => ({ name: `ppt/media/${at}.bin`, claimedSize: 10 * MEGABYTE, bytes: randomBytes(60_000) }))), "archive_bomb"],
  ["a bomb of a million small files", "课件.pptx", () => rawZip(Array.from({ length: 10_001 }, (_, at) => ({ name: `ppt/${at}`, stored: true }))), "archive_bomb"],
  ["a name that climbs out", "教案.docx", () => rawWord(wordXml(""), [{ name: "../../etc/passwd" }]), "archive_names"],
  ["an absolute name", "教案.docx", () => rawWord(wordXml(""), [{ name: "/etc/passwd" }]), "archive_names"],
  ["a name of another system's", "教案.docx", () => rawWord(wordXml(""), [{ name: "..\\..\\autoexec.bat" }]), "archive_names"],
  ["two entries of one name", "教案.docx", () => rawWord(wordXml(""), [{ name: "word/document.xml" }]), "archive_names"],
  ["macros in their part", "教案.docx", () => rawWord(wordXml(""), [{ name: "word/vbaProject.bin" }]), "macros"],
  ["macros by the type", "教案.docx", () => rawWord(wordXml(""), [], types("application/vnd.ms-word.document.macroEnabled.main+xml")), "macros"],
  ["macros by the name", "教案.docm", () => whole, "macros"],
  ["macros in the old format", "教案.doc", () => compound, "macros"],
  ["a password", "教案.docx", () => compound, "encrypted"],
  ["half a file", "教案.docx", () => whole.subarray(0, whole.byteLength - 60), "archive_broken"],
  ["a program called a picture", "板书.png", () => Buffer.from("MZ\x90\0 this program cannot be run"), "mismatch"],
  ["a picture called another kind", "板书.jpg", () => aPng(8, 8), "mismatch"],
  ["a page called a PDF", "讲义.pdf", () => Buffer.from("<html><script>alert(1)</script>"), "mismatch"],
  ["an SVG with a script", "图.svg", () => Buffer.from(svg), "svg"],
  ["an SVG with a script called a picture", "图.png", () => Buffer.from(svg), "svg"],
  ["a program", "课件.exe", () => Buffer.from("MZ"), "kind"],
  ["a picture of 50,000 by 50,000", "板书.png", () => aPng(50_000, 50_000), "image_pixels"],
  ["a picture 50,000 wide", "板书.png", () => aPng(50_000, 4), "image_pixels"],
  ["half a picture", "板书.png", () => aPng(200, 200).subarray(0, 60), "image_broken"],
])("%s is refused", SOON, async (_what, name, make, reason) => {
  const at = await serving();
  const bytes = make();
  const grown = watchMemory();
  expect(await upload(at, TEACHER, name, bytes)).toEqual({ status: 422, answer: { refused: reason } });
  expect(grown()).toBeLessThan(MOST_MEMORY);
  expect(await listAttachments(at.db, "plan", at.planId)).toEqual([]);
  expect(filesBelow(at.folder)).toEqual([]);
  expect(at.faults).toEqual([]);
});

test("200 MB are not waited for, and leave nothing", SOON, async () => {
  const at = await serving();
  const grown = watchMemory();
  expect(await sendEndless(at.url, at.planId, 200 * MEGABYTE)).toEqual([413, '{"refused":"too_large"}']);
  const metadata = { ownerType: "plan", ownerId: at.planId, name: "课件.pptx" };
  expect((await at.as(TEACHER, "/uploads", { method: "POST", headers: tusHeaders(metadata, 200 * MEGABYTE) })).status).toBe(413);
  expect(grown()).toBeLessThan(MOST_MEMORY);
  expect(filesBelow(at.folder)).toEqual([]);
});

test.each<[string, () => Uint8Array, string]>([
  ["nothing", () => Buffer.alloc(0), "empty"],
  ["not a zip", () => Buffer.from("教案"), "not_word"],
  ["another archive", () => rawZip([{ name: "a.txt", bytes: Buffer.from("a") }]), "not_word"],
  ["a bomb", bomb, "archive_bomb"],
  ["a part that is larger than it says", () => rawZip([{ name: "[Content_Types].xml", bytes: Buffer.from(types("a")) }, { name: "word/document.xml", bytes: Buffer.alloc(30 * MEGABYTE, 32), claimedSize: 400 }]), "archive_broken"],
  ["more XML than any plan has", () => rawWord(wordXml(p("好".repeat(100)).repeat(90_000)).concat(" ")), "word_too_complex"],
  ["an external entity", () => rawWord(`<?xml version="1.0"?><!DOCTYPE x [<!ENTITY leak SYSTEM "file:///etc/passwd">]>${wordXml(p("&leak;")).slice(21)}`), "word_broken"],
  ["a billion laughs", () => rawWord(`<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">${"bcdefghij".split("").map((name, at) => `<!ENTITY ${name} "${`&${"abcdefghij"[at]};`.repeat(10)}">`).join("")}]>${wordXml(p("&j;")).slice(21)}`), "word_broken"],
  ["an entity from nowhere", () => rawWord(wordXml(p("&leak;"))), "word_broken"],
  ["tables in tables, two thousand deep", () => rawWord(wordXml(nested(2000))), "word_too_complex"],
  ["XML that ends in the middle", () => rawWord(wordXml(p("好")).slice(0, -20)), "word_broken"],
  ["macros", () => rawWord(wordXml(""), [{ name: "word/vbaProject.bin" }]), "macros"],
])("importing %s is refused", SOON, async (_what, make, reason) => {
  const bytes = make();
  const grown = watchMemory();
  expect(await wordReader().read(bytes)).toEqual({ refused: reason });
  expect(grown()).toBeLessThan(MOST_MEMORY + 512 * MEGABYTE);
});

test("tables in tables, eighty deep, become lines with every word in them", SOON, async () => {
  const answer = await wordReader().read(rawWord(wordXml(nested(80))));
  if ("refused" in answer) throw new Error(answer.refused);
  const words = allWords(answer.imported);
  for (let depth = 1; depth <= 80; depth += 1) expect(words).toContain(`第${depth}层`);
  expect(answer.imported.notes).toContain("nested_tables");
});

test("10,000 paragraphs are read, and the server answers meanwhile", SOON, async () => {
  const bytes = rawWord(wordXml(Array.from({ length: 10_000 }, (_, at) => p(`第${at}段，量一量，算一算。`)).join("")));
  let ticks = 0;
  const ticking = setInterval(() => (ticks += 1), 5);
  const answer = await wordReader().read(bytes);
  clearInterval(ticking);
  if ("refused" in answer) throw new Error(answer.refused);
  expect(answer.imported.sections[0]?.nodes).toHaveLength(10_000);
  expect(ticks).toBeGreaterThan(10);
});

test("a document that takes too long or too much is ended, and the next one is read", SOON, async () => {
  const bytes = rawWord(wordXml(Array.from({ length: 60_000 }, (_, at) => p(`${at}`)).join("")));
  expect(await wordReader({ deadlineMs: 20 }).read(bytes)).toEqual({ refused: "word_too_slow" });
  expect(await wordReader({ heapMb: 24 }).read(bytes)).toEqual({ refused: "word_too_complex" });
  const reader = wordReader({ atOnce: 1, waiting: 1 });
  const three = await Promise.all([1, 2, 3].map(() => reader.read(whole)));
  expect(three.filter((answer) => "refused" in answer)).toEqual([{ refused: "busy" }]);
  expect(await reader.read(whole)).toHaveProperty("imported");
});

const small = aSmallDisk();

test.skipIf(small === undefined)("a full disk is said as such, keeps nothing half, and goes on when there is room", SOON, async () => {
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

/** A PNG whose header says this size; its pixels are few and none. */
function aPng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const chunk = (name: string, data: Uint8Array) => {
    const body = Buffer.concat([Buffer.from(name), data]);
    const frame = Buffer.alloc(body.byteLength + 8);
    frame.writeUInt32BE(data.byteLength, 0);
    body.copy(frame, 4);
    frame.writeUInt32BE(crc32(body), body.byteLength + 4);
    return frame;
  };
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk("IHDR", header), chunk("IDAT", deflateSync(Buffer.alloc(Math.min(40_000, (width + 1) * height)))), chunk("IEND", Buffer.alloc(0))]);
}

function nested(depth: number): string {
  return Array.from({ length: depth }, (_, at) => `<w:tbl><w:tr><w:tc>${p(`第${at + 1}层`)}`).join("") + "</w:tc></w:tr></w:tbl>".repeat(depth);
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
