import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { openPage } from "../collab/page.ts";
import { type Writer, writer } from "../collab/writer.ts";
import { guestOf, type House } from "../readers/house.ts";

/** People who write into one plan and attach files to it, until they are told to stop. */
export interface Load {
  /** By writer, in lists `w0`, `w1` …: changes with smaller numbers were acknowledged. */
  acknowledged(): number[];
  /** Fingerprints of the files that were taken so far. */
  files(): string[];
  stop(): Promise<void>;
}

const BETWEEN_FILES_MS = 150;

export async function beginLoad(house: House, url: string, writers: number, random: () => number): Promise<Load> {
  const pages = await Promise.all(Array.from({ length: writers }, (_, no) => openPage(house.port, guestOf(house, house.writers, no))));
  const typing: Writer[] = pages.map((page, no) => writer(page, `w${no}`, random));
  const taken: string[] = [];
  let going = true;
  const attaching = (async () => {
    for (let no = 0; going; no += 1, await pause(BETWEEN_FILES_MS)) taken.push(await attach(house, url, no));
  })();
  return {
    acknowledged: () => typing.map((one) => one.acknowledged()),
    files: () => [...taken],
    stop: async () => {
      going = false;
      for (const one of typing) one.stop();
      await attaching;
      for (const page of pages) page.close();
    },
  };
}

/** @returns the id of the attachment */
async function attach(house: House, url: string, no: number): Promise<string> {
  const form = new FormData();
  for (const [key, value] of Object.entries({ ownerType: "plan", ownerId: house.document.slice("plan:".length), kind: "document" })) form.append(key, value);
  form.append("file", new Blob([Buffer.concat([Buffer.from("%PDF-1.7\n"), randomBytes(200_000)])]), `讲义${no}.pdf`);
  const answer = await fetch(`${url}/uploads/simple`, { method: "POST", body: form, headers: { cookie: house.writers[0] ?? "", origin: url, accept: "application/json" } });
  if (answer.status !== 201) throw new Error(`a file was not taken: ${answer.status} ${await answer.text()}`);
  return ((await answer.json()) as { attachmentId: string }).attachmentId; // as our own route answers
}
