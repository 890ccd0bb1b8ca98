import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./node.js";

/** Installs what the lock file says, unless it is installed already. */
export async function install() {
  const stamp = join(root, "node_modules", ".installed");
  const wanted = createHash("sha256").update(readFileSync(join(root, "package-lock.json"))).digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  console.log("同研：正在安装依赖（第一次约需半分钟）… Installing what is missing.");
  // As `npm start` itself runs under npm, its own file is known; a service that starts node directly has npm on the PATH.
  const npm = process.env.npm_execpath;
  const args = ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  const done = npm?.endsWith(".js") ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: "inherit" }) : spawnSync("npm", args, { cwd: root, stdio: "inherit", shell: process.platform === "win32" });
  if (done.status !== 0) {
    console.error("同研：依赖没有装好，请看上面的说明。The packages could not be installed.");
    process.exit(done.status ?? 1);
  }
  writeFileSync(stamp, wanted);
}
