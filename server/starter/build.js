import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { node24, root, tool } from "./node.js";
import { pack } from "./pack.js";

const SOURCES = ["app", "public", "server/starter/build.js", "server/starter/pack.js", "vite.config.ts", "remix.config.js", "package-lock.json", "tsconfig.json"];

/** Builds the pages when a source is newer than the last build. The stamp is made of sizes and times, so it costs milliseconds; of whole seconds, which is what is left of a time in the layers of an image. */
export async function build() {
  const stamp = join(root, "build", ".stamp");
  const wanted = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  console.log("同研：正在准备页面… Building the pages.");
  const done = spawnSync(node24(), [tool("@remix-run/dev/dist/cli.js"), "vite:build", "--logLevel", "warn"], { cwd: root, stdio: ["ignore", "pipe", "pipe"], encoding: "utf8", env: { ...process.env, NODE_ENV: "production" } });
  if (done.status !== 0) {
    console.error(done.stdout, done.stderr);
    process.exit(done.status ?? 1);
  }
  pack(join(root, "build", "client", "assets"));
  mkdirSync(join(root, "build"), { recursive: true });
  writeFileSync(stamp, wanted);
}

function fingerprint() {
  const hash = createHash("sha256");
  const visit = (path) => {
    const found = statSync(join(root, path));
    if (found.isDirectory()) for (const name of readdirSync(join(root, path)).sort()) visit(join(path, name));
    else hash.update(`${path} ${found.size} ${Math.floor(found.mtimeMs / 1000)}\n`);
  };
  for (const path of SOURCES) if (existsSync(join(root, path))) visit(path);
  return hash.digest("hex");
}
