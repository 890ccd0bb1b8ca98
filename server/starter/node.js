import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";

/** The folder of the project. Its path may contain spaces and Chinese. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** A program inside an installed package. */
export function tool(path) {
  return join(root, "node_modules", path);
}

/** The Node that everything runs on: the machine's own from 24 on, else the one in the lock file. */
export function node24() {
  if (Number(process.versions.node.split(".")[0]) >= 24) return process.execPath;
  const name = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
  const path = join(root, "node_modules", name, "bin", process.platform === "win32" ? "node.exe" : "node");
  if (existsSync(path)) return path;
  console.error(`Node 24 or newer is needed on this machine (${process.platform} ${process.arch}), and there is only ${process.version}.`);
  process.exit(1);
}
