import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { expect, test } from "vitest";

const ROOMS = ["db", "search", "app", "server"] as const;
type Room = (typeof ROOMS)[number];

/** A room may import values from those before it. Types may come from anywhere. */
const MAY: Record<Room, readonly Room[]> = { db: ["db"], search: ["search", "db"], app: ["app", "search", "db"], server: ["server", "app", "search", "db"] };

const root = resolve(import.meta.dirname, "../..");

interface Import {
  file: string;
  target: string;
  typeOnly: boolean;
}

function importsBelow(folder: string): Import[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .flatMap((name) => importsOf(join(root, folder, name)));
}

function importsOf(path: string): Import[] {
  const text = readFileSync(path, "utf8");
  const found: Import[] = [];
  for (const match of text.matchAll(/(?:^|\n)\s*(?:import|export)\s+(type\s)?[^;"']*?from\s+["']([^"']+)["']|import\(\s*["']([^"']+)["']\s*\)/g)) {
    const target = match[2] ?? match[3] ?? "";
    found.push({ file: relative(root, path), target: roomPath(target, path), typeOnly: match[1] !== undefined });
  }
  return found;
}

function roomPath(target: string, path: string): string {
  if (target.startsWith("#")) return target.slice(1);
  if (target.startsWith(".")) return relative(root, resolve(path, "..", target));
  return "";
}

function roomOf(path: string): Room | undefined {
  return ROOMS.find((room) => path === room || path.startsWith(`${room}/`));
}

test("values point down: server, app, search, db", () => {
  const all = ROOMS.flatMap((room) => importsBelow(room));
  expect(all.filter((one) => roomOf(one.target)).length).toBeGreaterThan(100);
  const wrong = all.filter((one) => {
    const from = roomOf(one.file);
    const to = roomOf(one.target);
    return from && to && !one.typeOnly && !MAY[from].includes(to);
  });
  expect(wrong.map((one) => `${one.file} → ${one.target}`)).toEqual([]);
});

test("nothing that runs imports the tests", () => {
  const wrong = ROOMS.flatMap((room) => importsBelow(room)).filter((one) => one.target.startsWith("tests/"));
  expect(wrong.map((one) => `${one.file} → ${one.target}`)).toEqual([]);
});

test("only server/env.ts, and the dialect that must, read the environment", () => {
  const allowed = new Set(["server/env.ts", "db/dialect.ts", "server/index.ts", "server/dev.ts"]);
  const readers = ROOMS.flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => `${room}/${name}`)
      .filter((name) => /\bprocess\.env\b/.test(readFileSync(join(root, name), "utf8"))),
  );
  expect(readers.filter((name) => !allowed.has(name))).toEqual([]);
});

test("no file is named after a junk drawer", () => {
  const junk = /(^|\/)(utils?|helpers?|common|misc|lib|manager|services?)\.(ts|tsx)$/;
  const names = ROOMS.flatMap((room) => readdirSync(join(root, room), { recursive: true, encoding: "utf8" }).map((name) => `${room}/${name}`));
  expect(names.filter((name) => junk.test(name) && !name.includes("i18n/"))).toEqual([]);
});
