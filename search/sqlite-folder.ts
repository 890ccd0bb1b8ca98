import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { randomUUID } from "node:crypto";
import type { SearchDocument } from "./engine.ts";
import { whyUnusable } from "./sqlite-file.ts";
import { SqliteIndex } from "./sqlite-index.ts";

/**
 * The folder of the embedded engine: index files, and a file `current` that names the one in use. A rebuilt index gets a name of its own and
 * `current` is replaced in one step, because a file with a write-ahead log cannot be renamed under those who have it open.
 */
export class IndexFolder {
  private readonly folder: string;
  private named = "";
  private index: SqliteIndex;

  constructor(folder: string) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
    this.sweep();
    this.index = this.openNamed();
  }

  /** The index in use, with what other processes wrote or swapped. */
  current(): SqliteIndex {
    if (this.readName() !== this.named) {
      this.index.close();
      this.index = this.openNamed();
    }
    this.index.follow();
    return this.index;
  }

  /** Writes into the index in use, and again when it was swapped in between. A damaged one is begun anew first. */
  write(documents: readonly SearchDocument[], removed: readonly string[]): void {
    for (let attempt = 0; attempt < 5; attempt++) {
      try {
        if (this.current().write(documents, removed, () => this.readName() === this.named)) return;
      } catch (error) {
        const why = whyUnusable(error);
        if (!why || attempt > 0) throw error;
        this.beginAnew(why);
      }
    }
    throw new Error("The search index was swapped again and again while it was being written to.");
  }

  beginAnew(why: "missing" | "corrupt" | "old_format"): void {
    this.index.close();
    this.remove(this.named);
    this.index = this.createNamed(why);
  }

  /** An index beside the one in use; `point` makes it the one in use. */
  createBeside(): { name: string; index: SqliteIndex } {
    const name = newName();
    return { name, index: SqliteIndex.create(join(this.folder, name), null) };
  }

  /** Names another index as the one in use, in one step. */
  point(name: string): void {
    const draft = join(this.folder, `current-${randomUUID()}`);
    writeFileSync(draft, name);
    renameSync(draft, join(this.folder, "current"));
  }

  private remove(name: string): void {
    for (const suffix of ["", "-wal", "-shm"]) rmSync(join(this.folder, name + suffix), { force: true });
  }

  /** Files that others still have open go when they let go of them. */
  removeFile(index: SqliteIndex): void {
    this.remove(basename(index.path));
  }

  close(): void {
    this.index.close();
  }

  private openNamed(): SqliteIndex {
    const name = this.readName();
    if (!name) return this.createNamed("missing");
    try {
      const index = SqliteIndex.open(join(this.folder, name));
      this.named = name;
      return index;
    } catch (error) {
      const why = whyUnusable(error);
      if (!why) throw error;
      this.remove(name);
      return this.createNamed(why);
    }
  }

  private createNamed(why: "missing" | "corrupt" | "old_format"): SqliteIndex {
    const name = newName();
    // The folder may be what was lost.
    mkdirSync(this.folder, { recursive: true });
    const index = SqliteIndex.create(join(this.folder, name), why);
    this.point(name);
    this.named = name;
    return index;
  }

  private readName(): string {
    try {
      const name = readFileSync(join(this.folder, "current"), "utf8");
      return /^index-[\w-]+\.sqlite$/.test(name) ? name : "";
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
      throw error;
    }
  }

  /** Files that an interrupted rebuild left behind: a day old and not in use. */
  private sweep(): void {
    const name = this.readName();
    const yesterday = Date.now() - 86_400_000;
    for (const file of readdirSync(this.folder)) {
      const stray = /^(index|current)-/.test(file) && !(name && file.startsWith(name));
      if (stray && statSync(join(this.folder, file)).mtimeMs < yesterday) rmSync(join(this.folder, file), { force: true });
    }
  }
}

function newName(): string {
  return `index-${randomUUID()}.sqlite`;
}
