import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, renameSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** Programs that Go builds, once: what they are called when built, and what they are called here. */
const GO_PARTS = [
  { name: "livekit-server", module: "github.com/livekit/livekit-server/cmd/server@v1.13.5", built: "server", untested: "picture and sound" },
  { name: "versitygw", module: "github.com/versity/versitygw/cmd/versitygw@v1.8.0", built: "versitygw", untested: "files in an object store" },
];

/** In no registry: whoever has one names it or has it on the PATH. */
const MEILISEARCH = { name: "Meilisearch", there: () => process.env.MEILISEARCH_URL || programOf("meilisearch"), packages: [], untested: "search on a real Meilisearch" };

/** What the tests need besides npm's packages: how to see it, Debian's package for it, and what is not tested without it. */
const PARTS = [
  { name: "Chromium", there: () => existsSync("/usr/bin/chromium"), packages: ["chromium", "fonts-noto-cjk"], untested: "pages in a real browser" },
  { name: "PostgreSQL", there: () => existsSync("/usr/lib/postgresql") && readdirSync("/usr/lib/postgresql").some((v) => existsSync(`/usr/lib/postgresql/${v}/bin/initdb`)), packages: ["postgresql"], untested: "the suite on PostgreSQL" },
  { name: "LibreOffice", there: () => existsSync("/usr/bin/soffice"), packages: ["libreoffice-writer"], untested: "Word files made by LibreOffice" },
  { name: "Redis", there: () => existsSync("/usr/bin/redis-server"), packages: ["redis-server"], untested: "several processes" },
  { name: "ClamAV", there: () => existsSync("/usr/sbin/clamd"), packages: ["clamav-daemon"], untested: "uploads looked into by a real virus scanner" },
  { name: "coturn", there: () => existsSync("/usr/bin/turnserver"), packages: ["coturn"], untested: "picture and sound through a relay" },
  MEILISEARCH,
];

/**
 * Installs for the tests what Debian's packages and Go can give, and says what is missing all the same.
 * Set TONGYAN_INSTALL=no to leave the machine alone.
 *
 * @returns one line for each part that cannot be had, saying what is not tested for lack of it
 */
export async function prepareMachine() {
  const may = process.env.TONGYAN_INSTALL !== "no";
  const wanted = PARTS.filter((part) => !part.there()).flatMap((part) => part.packages);
  if (may && wanted.length > 0 && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    console.log(`同研：测试还缺 ${wanted.join("、")}，正在安装… Installing what the tests need.`);
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    spawnSync("apt-get", ["update", "-qq"], { stdio: "ignore", env });
    spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...wanted], { stdio: "ignore", env });
  }
  // What no package gives is no fault of the machine: `.ci/run` fails for what is "not there".
  const missing = PARTS.filter((part) => !part.there()).map((part) => `${part.packages.length > 0 ? "not there" : "not to be had"}: ${part.name}; not tested: ${part.untested}`);
  for (const part of GO_PARTS) {
    if (!programOf(part.name) && may) buildWithGo(part);
    if (!programOf(part.name)) missing.push(`not there: ${part.name}; not tested: ${part.untested}`);
  }
  return missing;
}

/** Where the tests keep programs of their own between runs: outside the project. */
const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "tongyan", "bin");

/** The program that the tests use, or undefined. */
function programOf(name) {
  const named = name === "livekit-server" ? process.env.LIVEKIT_SERVER_BIN : undefined;
  const candidates = [named, ...(process.env.PATH ?? "").split(":").map((folder) => join(folder, name)), join(cache, name)];
  return candidates.find((path) => path && existsSync(path));
}

function buildWithGo({ name, module, built }) {
  if (spawnSync("go", ["version"]).status !== 0) return;
  console.log(`同研：正在取得 ${name}（约两分钟，只此一次）… Building ${name}, once.`);
  mkdirSync(cache, { recursive: true });
  const done = spawnSync("go", ["install", module], { stdio: ["ignore", "ignore", "inherit"], env: { ...process.env, GOBIN: cache } });
  if (done.status === 0 && built !== name) renameSync(join(cache, built), join(cache, name));
}
