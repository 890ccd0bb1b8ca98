import { parentPort, workerData } from "node:worker_threads";
import { openArchive } from "#app/files/archive.server.ts";
import { judgeParts } from "#app/files/inspect.server.ts";
import { FileRefused } from "#app/files/refusals.ts";
import type { WordImport } from "#app/plans/word.ts";
import { WordRefused } from "#app/plans/word/refused.ts";
import { importWord } from "#app/plans/word-import.server.ts";
import type { WordAnswer } from "./word.ts";

/** A plan's XML is some megabytes; with thirty photographs in it a document unpacks to less than this. */
const LIMITS = { entries: 4000, entryBytes: 48 << 20, totalBytes: 160 << 20 };

parentPort?.postMessage(await answer(workerData));

async function answer(bytes: unknown): Promise<WordAnswer> {
  try {
    if (!(bytes instanceof Uint8Array)) throw new Error("the thread was given no bytes");
    return { imported: await readWord(bytes) };
  } catch (error) {
    if (error instanceof WordRefused || error instanceof FileRefused) return { refused: error.reason };
    // XML that nests deeper than our own limits foresee ends the stack, not the thread.
    if (error instanceof RangeError) return { refused: "word_too_complex" };
    throw error;
  }
}

async function readWord(bytes: Uint8Array): Promise<WordImport> {
  const archive = await openArchive(bytes, LIMITS);
  try {
    await judgeParts(archive, "word");
    return await importWord(archive);
  } finally {
    archive.close();
  }
}
