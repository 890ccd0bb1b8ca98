import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import Database from "better-sqlite3";
import type { Bench } from "./bench.ts";
import { rounded } from "./numbers.ts";
import { isEarlierStateOf, readDocuments } from "./restore/documents.ts";
import { beginLoad } from "./restore/load.ts";
import { openPlace } from "./restore/place.ts";
import { differences, openTables } from "./restore/tables.ts";

/** A restore gives every document another epoch, on purpose. */
const EXCEPT = ["docs.epoch"];
/** Nothing is proven before somebody's change and file were taken. */
const PATIENCE_MS = 120_000;

/** Backs up by the command while people write and attach, restores into an empty place, and compares. */
export const restore: Bench = {
  about: "a backup taken under writing load, restored into an empty place",
  options: { writers: 10, seconds: 5, percent: 0 },
  async run({ option, random, say }) {
    const folder = mkdtempSync(join(tmpdir(), "tongyan-restore-"));
    const [here, there, backup, before] = [join(folder, "here"), join(folder, "there"), join(folder, "backup"), join(folder, "before.sqlite")];
    const { house, url, database, words } = await openPlace(option("percent"), here, say);
    try {
      copyOf(join(here, database), before);
      const load = await beginLoad(house, url, option("writers"), random);
      await pause(option("seconds") * 1_000);
      for (const until = performance.now() + PATIENCE_MS; (load.files().length === 0 || sum(load.acknowledged()) === 0) && performance.now() < until; ) await pause(100);
      const promised = { acknowledged: load.acknowledged(), files: load.files() };
      const backupSeconds = await timed("backup", here, [...words, backup]);
      const written = load.acknowledged();
      await load.stop();
      await house.stop();
      say(`backed up in ${backupSeconds} s, while changes went from ${sum(promised.acknowledged)} to ${sum(written)}`);
      const restoreSeconds = await timed("restore", there, [...words, backup]);

      const rows = rowsWrong(before, join(there, database), join(here, database));
      const files = filesWrong(there, database, promised.files);
      const documents = documentsWrong(join(here, database), join(there, database), house.document.slice("plan:".length), promised.acknowledged);
      const copied = rowsIn(join(there, database));
      return {
        ours: { backupSeconds, restoreSeconds, rowsEqual: rows.length === 0, filesEqual: files.length === 0, documentsEqual: documents.length === 0, rows: copied, files: filesIn(there).length, promised: sum(promised.acknowledged), writtenMeanwhile: sum(written) - sum(promised.acknowledged) },
        peer: null,
        ratio: {},
        samples: copied,
        broken: [...rows, ...files, ...documents, ...(sum(promised.acknowledged) === 0 || promised.files.length === 0 ? ["nobody wrote"] : [])],
      };
    } finally {
      await house.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** By the very command that an administrator types. @returns seconds */
async function timed(act: "backup" | "restore", dataDir: string, words: readonly string[]): Promise<number> {
  const { DATABASE_URL: _other, ...env } = process.env;
  const from = performance.now();
  await promisify(execFile)(process.execPath, ["server/backup/command.ts", act, ...words], { cwd: resolve(import.meta.dirname, ".."), env: { ...env, DATA_DIR: dataDir } });
  return rounded((performance.now() - from) / 1_000, 1);
}

/** As it is at this moment, by the database's own means. */
function copyOf(database: string, to: string): void {
  const db = new Database(database, { readonly: true });
  db.prepare("vacuum into ?").run(to);
  db.close();
}

function rowsWrong(before: string, copy: string, after: string): string[] {
  const [then, there, later] = [openTables(before, EXCEPT), openTables(copy, EXCEPT), openTables(after, EXCEPT)];
  try {
    return differences(then, there, later);
  } finally {
    for (const one of [then, there, later]) one.close();
  }
}

function rowsIn(database: string): number {
  const db = new Database(database, { readonly: true });
  try {
    const names = db.prepare("select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'").pluck().all() as string[]; // as the statement names them
    return sum(names.map((name) => Number(db.prepare(`select count(*) from "${name}"`).pluck().get())));
  } finally {
    db.close();
  }
}

/** Every attachment has its file, every file is what its name says, and what was taken before the backup began is there. */
function filesWrong(dataDir: string, database: string, attachmentIds: readonly string[]): string[] {
  const wrong: string[] = [];
  const db = new Database(join(dataDir, database), { readonly: true });
  const attached = new Map((db.prepare("select id, sha256 from attachments").all() as { id: string; sha256: string }[]).map((row) => [row.id, row.sha256])); // as the statement names them
  db.close();
  for (const [id, sha256] of attached) if (!existsSync(join(dataDir, "files", sha256.slice(0, 2), sha256.slice(2, 4), sha256))) wrong.push(`the file of ${id} is missing`);
  for (const id of attachmentIds) if (!attached.has(id)) wrong.push(`the attachment ${id} is missing`);
  for (const path of filesIn(dataDir)) if (createHash("sha256").update(readFileSync(path)).digest("hex") !== path.split("/").at(-1)) wrong.push(`${path} is damaged`);
  return wrong;
}

function filesIn(dataDir: string): string[] {
  const files = join(dataDir, "files");
  return existsSync(files) ? readdirSync(files, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)) : [];
}

/** Every document is as it was at some moment, the one that was written in with everything that was acknowledged before the backup began. */
function documentsWrong(here: string, there: string, planId: string, promised: readonly number[]): string[] {
  const [source, copy] = [readDocuments(here), readDocuments(there)];
  const wrong: string[] = [];
  for (const [docId, document] of copy) {
    const original = source.get(docId);
    if (!original || !isEarlierStateOf(document, original)) wrong.push(`the document ${docId} differs`);
  }
  const written = copy.get(docOf(there, planId));
  promised.forEach((count, writer) => {
    const list = written?.getArray<number>(`w${writer}`).toArray() ?? [];
    if (list.length < count || list.some((value, at) => value !== at)) wrong.push(`of ${count} acknowledged changes of w${writer} there are ${list.length}`);
  });
  return wrong;
}

function docOf(database: string, planId: string): string {
  const db = new Database(database, { readonly: true });
  try {
    return String(db.prepare("select doc_id from lesson_plans where id = ?").pluck().get(planId));
  } finally {
    db.close();
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
