import { Worker } from "node:worker_threads";
import type { FileRefusal } from "#app/files/refusals.ts";
import type { WordImport, WordReader } from "#app/plans/word.ts";

export type WordAnswer = { imported: WordImport } | { refused: FileRefusal };

export interface WordLimits {
  /** Bytes of the file as it came. */
  fileBytes: number;
  heapMb: number;
  deadlineMs: number;
  /** Documents that are read at once, and that may wait for it. */
  atOnce: number;
  waiting: number;
}

const LIMITS: WordLimits = { fileBytes: 50 << 20, heapMb: 512, deadlineMs: 20_000, atOnce: 2, waiting: 16 };

/**
 * Reads Word files in threads of their own: the server goes on answering, a thread that grows past its heap or its time is ended,
 * and the person is told which.
 *
 * @throws Error when reading failed for a reason that is not the document's
 */
export function wordReader(limits: Partial<WordLimits> = {}): WordReader {
  const { fileBytes, heapMb, deadlineMs, atOnce, waiting } = { ...LIMITS, ...limits };
  const queue: (() => void)[] = [];
  let reading = 0;

  async function turn(): Promise<void> {
    if (reading < atOnce) {
      reading += 1;
      return;
    }
    await new Promise<void>((resolve) => queue.push(resolve));
  }

  function done(): void {
    const next = queue.shift();
    if (next) next();
    else reading -= 1;
  }

  return {
    async read(bytes) {
      if (bytes.byteLength === 0) return { refused: "empty" };
      if (bytes.byteLength > fileBytes) return { refused: "too_large" };
      if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return { refused: "not_word" };
      if (reading >= atOnce && queue.length >= waiting) return { refused: "busy" };
      await turn();
      try {
        const answer = await readInThread(bytes, heapMb, deadlineMs);
        return "refused" in answer && answer.refused === "mismatch" ? { refused: "not_word" } : answer;
      } finally {
        done();
      }
    },
  };
}

function readInThread(bytes: Uint8Array, heapMb: number, deadlineMs: number): Promise<WordAnswer> {
  const worker = new Worker(new URL("./word-worker.ts", import.meta.url), {
    workerData: bytes,
    resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: 48, stackSizeMb: 4 },
    // Loaders and flags of the process that starts it (a test runner's) are not for this thread.
    execArgv: [],
  });
  return new Promise<WordAnswer>((resolve, reject) => {
    const deadline = setTimeout(() => resolve({ refused: "word_too_slow" }), deadlineMs);
    worker.once("message", resolve);
    worker.once("error", (error: Error) => {
      if ("code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY") resolve({ refused: "word_too_complex" });
      else reject(error);
    });
    worker.once("exit", (code) => reject(new Error(`the thread that reads Word files ended with ${code}`)));
    worker.once("message", () => clearTimeout(deadline));
    worker.once("exit", () => clearTimeout(deadline));
  }).finally(() => worker.terminate());
}
