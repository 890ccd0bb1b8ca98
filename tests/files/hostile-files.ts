import { randomBytes } from "node:crypto";
import { crc32, deflateSync } from "node:zlib";
import { rawWord, rawZip, wordXml } from "#tests/files/raw-zip.ts";

export const MEGABYTE = 1 << 20;
export const p = (words: string) => `<w:p><w:r><w:t>${words}</w:t></w:r></w:p>`;

const types = (content: string) => `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="${content}"/></Types>`;
const compound = Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), Buffer.alloc(600_000), Buffer.from("_VBA_PROJECT", "utf16le"), Buffer.alloc(100)]);
const svg = '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
export const whole = rawWord(wordXml(p("教学目标")));
/** Compresses a thousand to one, as it says itself. */
const bomb = () => rawWord(wordXml(""), [{ name: "word/media/image1.png", bytes: Buffer.alloc(64 * MEGABYTE) }]);

/** What it is, what it is called, its bytes, and why it is refused as an attachment. */
export const refusedFiles: readonly (readonly [string, string, () => Uint8Array, string])[] = [
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
];

/** The same for Word files that are imported. */
export const refusedWordFiles: readonly (readonly [string, () => Uint8Array, string])[] = [
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
];

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

export function nested(depth: number): string {
  return Array.from({ length: depth }, (_, at) => `<w:tbl><w:tr><w:tc>${p(`第${at + 1}层`)}`).join("") + "</w:tc></w:tr></w:tbl>".repeat(depth);
}
