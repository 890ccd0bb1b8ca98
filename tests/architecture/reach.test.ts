import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const files = ["app", "db", "search", "server"]
  .flatMap((room) => readdirSync(join(root, room), { recursive: true, encoding: "utf8" }).map((name) => `${room}/${name}`))
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => ({ name, text: readFileSync(join(root, name), "utf8") }));

const where = (pattern: RegExp) => files.filter(({ text }) => pattern.test(text)).map(({ name }) => name).sort();

test("nothing is run that was put together while running", () => {
  expect(files.length).toBeGreaterThan(400);
  // The one word `gc`, by which Node hands out its collector.
  expect(where(/\beval\(|new Function\(|from "node:vm"|from "vm"|\.(?:inner|outer)HTML\s*=|insertAdjacentHTML|document\.write/)).toEqual(["server/rest.ts"]);
  // Our own dictionaries, as JSON that no script reads as code.
  expect(where(/dangerouslySetInnerHTML/)).toEqual(["app/root.tsx"]);
  expect(where(/\bshell:\s*true|\bexecSync\(|[^.\w]exec\(/)).toEqual([]);
});

test("chance that somebody must not guess comes from node:crypto; expressions are made of our own words", () => {
  // What tells a message sent twice from two, a pause, a free port.
  expect(where(/Math\.random/)).toEqual(["app/seminars/room/use-live.ts", "app/seminars/room/use-room.ts", "db/postgresql.ts", "server/live/ports.ts"]);
  expect(where(/new RegExp\(/)).toEqual(["app/plans/editor/clean-html.ts", "app/plans/editor/local-copy.ts", "server/kept-pages/page.ts", "server/visits/mark.ts"]);
});

test("nothing turns a check off that a library makes, and pages hear no messages from other windows", () => {
  expect(where(/rejectUnauthorized|NODE_TLS_REJECT|@ts-nocheck/)).toEqual([]);
  expect(where(/\bpostMessage\(|addEventListener\("message"|window\.onmessage/).filter((name) => name.startsWith("app/"))).toEqual([]);
});

test("programs are started by few, each with its arguments in a list", () => {
  expect(where(/child_process/)).toEqual(["server/backup/databases.ts", "server/dev.ts", "server/live/install.ts", "server/live/supervise.ts", "server/operations.ts"]);
});

/** Every place from which something leaves the machine, to addresses that an administrator set or that are in the code; none comes from a person. */
const OUTGOING = ["search/meilisearch-server.ts", "server/bucket.ts", "server/live/gate.ts", "server/live/install.ts", "server/live/rooms.ts", "server/live/start.ts", "server/live/supervise.ts", "server/mail.ts", "server/virus-scanner.ts", "server/wire/redis.ts"];

test("nothing leaves the machine but from the places that are known for it", () => {
  const inside = where(/\bfetch\(|\bhttps?\)?\.request\(|createTransport\(|RoomServiceClient\(|new Meilisearch\(|\bnet\.connect\(|new S3Client\(|\bcreateClient\(/).filter((name) => !name.startsWith("app/"));
  expect(inside).toEqual(OUTGOING);
  const fromPages = files.filter(({ name }) => name.startsWith("app/")).flatMap(({ name, text }) => [...text.matchAll(/(?<![.\w])fetch\(\s*([^\s,)]+)/g)].map((found) => [name, found[1] ?? ""] as const));
  expect(fromPages.length).toBeGreaterThan(3);
  // Where the editor asks whether its session goes on is `/session`, given to it by the page.
  expect(fromPages.filter(([, to]) => !/^["`]\/(?!\/)/.test(to) && to !== "this.#options.sessionUrl")).toEqual([]);
});

test("what people write is never part of a statement's words", () => {
  const raw = files.flatMap(({ name, text }) => [...text.matchAll(/sql\.raw\((String\([^)]*\)|.{0,20})/g)].map((found) => `${name}: ${found[1]}`));
  expect(raw).toEqual([]);
});
