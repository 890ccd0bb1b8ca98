import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { LIVEKIT_VERSION } from "#server/live/install.ts";

/**
 * A real livekit-server: `LIVEKIT_SERVER_BIN`, one on the PATH, or one built by `go install` and kept in `TONGYAN_CACHE` (by default the account's
 * cache folder). Undefined where none can be had: the tests then skip, and say so.
 */
export function livekitProgram(): string | undefined {
  const named = process.env.LIVEKIT_SERVER_BIN;
  if (named && existsSync(named)) return named;
  const onPath = (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, "livekit-server")).find((file) => existsSync(file));
  if (onPath) return onPath;
  const cache = join(process.env.TONGYAN_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "tongyan"), "bin");
  const kept = join(cache, "livekit-server");
  if (existsSync(kept)) return kept;
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "building-"));
  try {
    execFileSync("go", ["install", `github.com/livekit/livekit-server/cmd/server@v${LIVEKIT_VERSION}`], { env: { ...process.env, GOBIN: folder }, stdio: "ignore", timeout: 15 * 60_000 });
    renameSync(join(folder, "server"), kept);
    return kept;
  } catch {
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
