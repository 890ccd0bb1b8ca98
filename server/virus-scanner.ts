import { createReadStream } from "node:fs";
import net from "node:net";
import { ScannerAway } from "#app/files/files.ts";

/** Looks into files for what is known to do harm. */
export interface VirusScanner {
  /** @throws ScannerAway when there is no answer, or none about the whole file */
  look(path: string): Promise<"clean" | "infected">;
  /** Whether it answers, and why not. */
  readiness(): Promise<{ ready: boolean; reason?: string }>;
}

const PART_BYTES = 64 * 1024;
/** Fifty megabytes with archives in them take a scanner some seconds. */
const PATIENCE_MS = 60_000;
const PROBE_MS = 3_000;

/** ClamAV's daemon, by its own protocol over TCP. It is sent the bytes, so it needs no way to our disk. */
export function clamd({ hostname, port }: URL): VirusScanner {
  const ask = (command: string, parts: AsyncIterable<Buffer> | undefined, patience: number) => converse({ host: hostname.replace(/^\[|\]$/g, ""), port: Number(port || 3310) }, command, parts, patience);
  return {
    async look(path) {
      const said = await ask("INSTREAM", createReadStream(path, { highWaterMark: PART_BYTES }), PATIENCE_MS);
      if (said === "stream: OK") return "clean";
      if (said.endsWith(" FOUND")) return "infected";
      throw new ScannerAway(`the virus scanner says: ${said || "nothing"}`);
    },
    async readiness() {
      try {
        const said = await ask("PING", undefined, PROBE_MS);
        return said === "PONG" ? { ready: true } : { ready: false, reason: said };
      } catch (error) {
        return { ready: false, reason: error instanceof Error ? error.message : String(error) };
      }
    },
  };
}

/** One question and its answer, on a line of its own: `zCOMMAND\0`, then, where bytes follow, each part behind its length, and a length of nothing. */
async function converse(address: { host: string; port: number }, command: string, parts: AsyncIterable<Buffer> | undefined, patience: number): Promise<string> {
  const line = net.connect(address).setTimeout(patience);
  let said = "";
  const answer = new Promise<string>((resolve, reject) => {
    line.on("data", (bytes: Buffer) => (said += bytes.toString("utf8")));
    line.on("timeout", () => line.destroy(new Error("no answer in time")));
    line.on("error", (cause: Error) => (said.includes("\0") ? resolve(said) : reject(new ScannerAway(`the virus scanner cannot be reached: ${cause.message}`, { cause }))));
    line.on("close", () => resolve(said));
  });
  // It may fail while the bytes are still being sent; whoever waits for it below is told.
  answer.catch(() => undefined);
  const gone = new Promise<void>((resolve) => line.once("close", () => resolve()));
  try {
    line.write(`z${command}\0`);
    if (parts) {
      for await (const part of parts) {
        const length = Buffer.alloc(4);
        length.writeUInt32BE(part.length);
        // It says that a file is too long before all of it was sent, and closes.
        if (line.destroyed || said !== "") break;
        line.write(length);
        if (!line.write(part)) await Promise.race([new Promise((resolve) => line.once("drain", resolve)), gone]);
      }
      if (!line.destroyed) line.write(Buffer.alloc(4));
    }
    return (await answer).replace(/\0.*$/s, "");
  } finally {
    line.destroy();
  }
}
