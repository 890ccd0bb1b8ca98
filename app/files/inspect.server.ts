import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { fileTypeFromBuffer } from "file-type";
import type { Archive } from "./archive.ts";
import { openArchive } from "./archive.server.ts";
import type { FileKind } from "./kinds.ts";
import { cleanName, endingOf, FILE_KINDS } from "./kinds.ts";
import { redraw } from "./redraw.server.ts";
import { FileRefused, MAX_FILE_BYTES } from "./refusals.ts";

export interface Inspected {
  /** Cleaned; of a picture with the ending of what it became. */
  name: string;
  mime: string;
  /** A picture is never kept as it came: these bytes are stored in its place. */
  redrawn?: Uint8Array;
}

/**
 * What an upload really is. Its name says what it claims; its bytes must be that, and be harmless as far as can be told
 * without running anything.
 *
 * @param path of the complete upload, not yet stored
 * @throws FileRefused with the reason to tell the person
 */
export async function inspect(path: string, claimedName: string): Promise<Inspected> {
  const { size } = await stat(path);
  if (size === 0) throw new FileRefused("empty");
  if (size > MAX_FILE_BYTES) throw new FileRefused("too_large");
  const head = await readHead(path, 4100);
  if (looksLikeSvg(head)) throw new FileRefused("svg");
  const { name, kind } = judgeName(claimedName);
  return judge(path, head, name, kind);
}

/**
 * What a name claims, before a byte is sent: nobody should wait for 50 MB to hear that archives are not taken.
 *
 * @throws FileRefused `svg`, `archive`, `macros` or `kind`
 */
export function judgeName(claimedName: string): { name: string; kind: FileKind } {
  const name = cleanName(claimedName);
  const ending = endingOf(name);
  if (/^svgz?$/.test(ending)) throw new FileRefused("svg");
  if (/^(zip|rar|7z|gz|tar)$/.test(ending)) throw new FileRefused("archive");
  if (/^(docm|dotm|pptm|potm|ppsm|xlsm|xltm|xlam)$/.test(ending)) throw new FileRefused("macros");
  const kind = Object.hasOwn(FILE_KINDS, ending) ? FILE_KINDS[ending] : undefined;
  if (!kind) throw new FileRefused("kind");
  return { name, kind };
}

async function judge(path: string, head: Uint8Array, name: string, kind: FileKind): Promise<Inspected> {
  switch (kind.body) {
    case "word":
    case "slides":
    case "sheet":
      // An Office file with a password is an old compound file around an encrypted one.
      if (begins(head, COMPOUND)) throw new FileRefused("encrypted");
      if (!begins(head, ZIP)) throw new FileRefused("mismatch");
      await judgeOffice(path, kind.body);
      return { name, mime: kind.mime };
    case "compound":
      if (!begins(head, COMPOUND)) throw new FileRefused("mismatch");
      if (await contains(path, Buffer.from("_VBA_PROJECT", "utf16le"))) throw new FileRefused("macros");
      return { name, mime: kind.mime };
    case "pdf":
      if (!begins(head, PDF)) throw new FileRefused("mismatch");
      return { name, mime: kind.mime };
    case "png":
    case "jpeg":
    case "webp":
    case "gif":
      if ((await bodyOf(head)) !== kind.body) throw new FileRefused("mismatch");
      return { name, ...(await redraw(path, kind.body)) };
    case "mp3":
    case "mp4":
    case "m4a":
      if ((await bodyOf(head)) !== kind.body) throw new FileRefused("mismatch");
      return { name, mime: kind.mime };
  }
}

const ZIP = [0x50, 0x4b, 0x03, 0x04];
const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const PDF = [0x25, 0x50, 0x44, 0x46, 0x2d];
const MAIN_PART = { word: /^word\/document\d*\.xml$/, slides: /^ppt\/presentation\d*\.xml$/, sheet: /^xl\/workbook\d*\.xml$/ };

async function judgeOffice(path: string, body: keyof typeof MAIN_PART): Promise<void> {
  const archive = await openArchive(path);
  try {
    await judgeParts(archive, body);
  } finally {
    archive.close();
  }
}

/** @throws FileRefused `macros`, or `mismatch` when it is some other archive */
export async function judgeParts(archive: Archive, body: keyof typeof MAIN_PART): Promise<void> {
  if (archive.names.some((name) => /(^|\/)vba(Project|Data)[^/]*\.(bin|xml)$/i.test(name))) throw new FileRefused("macros");
  const types = await archive.read("[Content_Types].xml");
  if (!types || !archive.names.some((name) => MAIN_PART[body].test(name))) throw new FileRefused("mismatch");
  if (/macroEnabled|vbaProject/i.test(Buffer.from(types).toString("latin1"))) throw new FileRefused("macros");
}

async function bodyOf(head: Uint8Array): Promise<FileKind["body"] | undefined> {
  const found = await fileTypeFromBuffer(head).catch(() => undefined); // a head cut off in the middle of a field: not of that type
  switch (found?.ext) {
    case "png":
    case "webp":
    case "gif":
    case "mp3":
    case "mp4":
    case "m4a":
      return found.ext;
    case "jpg":
      return "jpeg";
    default:
      return undefined;
  }
}

function looksLikeSvg(head: Uint8Array): boolean {
  return /^\s*(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*|<!DOCTYPE[^>]*>\s*)*<svg[\s>]/i.test(Buffer.from(head).toString("utf8").replace(/^\uFEFF/, ""));
}

async function readHead(path: string, length: number): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(length), position: 0 });
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function contains(path: string, wanted: Buffer): Promise<boolean> {
  let tail: Buffer = Buffer.alloc(0);
  for await (const part of createReadStream(path)) {
    const window = Buffer.concat([tail, part as Buffer]); // a stream without an encoding gives buffers
    if (window.includes(wanted)) return true;
    tail = window.subarray(-wanted.length);
  }
  return false;
}

function begins(head: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, at) => head[at] === byte);
}
