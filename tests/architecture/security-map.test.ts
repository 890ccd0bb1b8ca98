import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const ANSWERS = ["held", "written", "deployer", "not ours", "not yet"];

/** Numbers alone: what they ask for stands with those who wrote it. */
const asked = readFileSync(join(import.meta.dirname, "asvs-5-levels-1-2.txt"), "utf8").trim().split(/\s+/);
const map = readFileSync(join(root, "docs/security.md"), "utf8");
const rows = map
  .split("\n")
  .filter((line) => /^\| V\d/.test(line))
  .map((line) => {
    const [, numbers = "", answer = "", why = ""] = line.split("|").map((cell) => cell.trim());
    return { numbers: numbers.split(/,\s*/), answer, why };
  });

test("every requirement is answered once, and nothing else is", () => {
  expect(asked).toHaveLength(253);
  expect(rows.flatMap(({ numbers }) => numbers).sort()).toEqual([...asked].sort());
  expect(rows.filter(({ answer, why }) => !ANSWERS.includes(answer) || why === "")).toEqual([]);
});

test("what is held names a test that is there, by its name where one is given", () => {
  const faults: string[] = [];
  for (const { numbers, answer, why } of rows) {
    const named = [...why.matchAll(/`(tests\/[^`]+)`(?: «([^»]+)»)?/g)];
    if (answer === "held" && named.length === 0 && why !== "the same test") faults.push(`${numbers[0]} is held by no test`);
    for (const [, file = "", name] of named) {
      if (!existsSync(join(root, file))) faults.push(`${numbers[0]}: there is no ${file}`);
      else if (name && !readFileSync(join(root, file), "utf8").includes(`"${name}"`)) faults.push(`${numbers[0]}: ${file} has no test «${name}»`);
    }
  }
  expect(faults).toEqual([]);
});

test("every file that the document speaks of is there", () => {
  const paths = [...map.matchAll(/`((?:app|db|search|server|tests|docs)\/[^`<*]+\.\w+)`/g)].map((found) => found[1] ?? "");
  expect(paths.length).toBeGreaterThan(100);
  expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});
