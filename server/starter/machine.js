import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, renameSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** The release that the product is made against. */
const LIVEKIT = "github.com/livekit/livekit-server/cmd/server@v1.13.5";

/** What the tests need besides npm's packages: how to see it, Debian's package for it, and what is not tested without it. */
const PARTS = [
  { name: "Chromium", there: () => existsSync("/usr/bin/chromium"), packages: ["chromium", "fonts-noto-cjk"], untested: "pages in a real browser" },
  { name: "PostgreSQL", there: () => existsSync("/usr/lib/postgresql") && readdirSync("/usr/lib/postgresql").some((v) => existsSync(`/usr/lib/postgresql/${v}/bin/initdb`)), packages: ["postgresql"], untested: "the suite on PostgreSQL" },
  { name: "LibreOffice", there: () => existsSync("/usr/bin/soffice"), packages: ["libreoffice-writer"], untested: "Word files made by LibreOffice" },
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
  const missing = PARTS.filter((part) => !part.there()).map((part) => `not there: ${part.name}; not tested: ${part.untested}`);
  if (!livekitServer() && may) installLivekit();
  if (!livekitServer()) missing.push("not there: livekit-server; not tested: picture and sound");
  return missing;
}

/** Where the tests keep a media server of their own between runs: outside the project. */
const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "tongyan", "bin");

/** The media server that the tests use, or undefined. */
export function livekitServer() {
  const candidates = [process.env.LIVEKIT_SERVER_BIN, ...(process.env.PATH ?? "").split(":").map((folder) => join(folder, "livekit-server")), join(cache, "livekit-server")];
  return candidates.find((path) => path && existsSync(path));
}

function installLivekit() {
  if (spawnSync("go", ["version"]).status !== 0) return;
  console.log("同研：正在取得 livekit-server（约三分钟，只此一次）… Building livekit-server, once.");
  mkdirSync(cache, { recursive: true });
  const done = spawnSync("go", ["install", LIVEKIT], { stdio: ["ignore", "ignore", "inherit"], env: { ...process.env, GOBIN: cache } });
  if (done.status === 0) renameSync(join(cache, "server"), join(cache, "livekit-server"));
}
