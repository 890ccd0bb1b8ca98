import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";

const root = join(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");

/** What only this machine or the tests set, and nobody who runs it has to know. */
const NOT_FOR_ADMINISTRATORS = new Set(["NODE_ENV"]);

/** Every setting that the code reads. */
function settingsInCode(): Set<string> {
  const code = read("server/env.ts");
  const named = [...code.matchAll(/\benv\.([A-Z][A-Z0-9_]+)/g), ...code.matchAll(/\b([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+): [a-z]/g)].map((found) => found[1] ?? "");
  return new Set(named);
}

test("every setting that the code reads is described, and nothing is described that it does not read", () => {
  const described = read("docs/running.md").split("## Settings")[1]?.split("\n## ")[0] ?? "";
  const rows = described.split("\n").filter((line) => line.startsWith("| `")).flatMap((line) => [...(line.split("|")[1] ?? "").matchAll(/`([A-Z0-9_]+)`/g)].map((found) => found[1] ?? ""));
  expect(rows.sort()).toEqual([...settingsInCode()].filter((name) => !NOT_FOR_ADMINISTRATORS.has(name)).sort());
});

test("compose.yaml can be parsed, names only settings of the code, and no service or volume that is not there", () => {
  const { services, volumes } = parse(read("compose.yaml")) as { services: Record<string, { environment?: Record<string, unknown>; depends_on?: string[] | Record<string, unknown>; volumes?: string[] }>; volumes: Record<string, unknown> }; // its own shape
  const known = settingsInCode();
  expect(Object.keys(services.app?.environment ?? {}).filter((name) => !known.has(name))).toEqual([]);
  for (const { depends_on: needs = [], volumes: kept = [] } of Object.values(services)) {
    for (const name of Array.isArray(needs) ? needs : Object.keys(needs)) expect(Object.keys(services)).toContain(name);
    for (const volume of kept) expect(Object.keys(volumes)).toContain(volume.split(":")[0]);
  }
});

test("what the image runs is what package.json has, not as root and with a look at its health", () => {
  const lines = read("Dockerfile").split("\n");
  const { scripts, engines } = JSON.parse(read("package.json")) as { scripts: Record<string, string>; engines: { node: string } }; // our own file
  expect(lines[0]).toMatch(/^FROM node:24/);
  expect(engines.node).toMatch(/^>=/);
  for (const [, script = ""] of read("Dockerfile").matchAll(/npm run ([\w:]+)/g)) expect(Object.keys(scripts)).toContain(script);
  expect(lines.at(-2)).toBe('CMD ["node", "server/starter.js", "start", "--production"]'); // npm would keep the signal to stop to itself
  expect(scripts.start).toBe("node server/starter.js start");
  expect(lines.findIndex((line) => line === "USER node")).toBeGreaterThan(lines.findIndex((line) => line.startsWith("RUN npm run build")));
  expect(read("Dockerfile")).toMatch(/HEALTHCHECK .*\/healthz/);
});
