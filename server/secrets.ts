import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The installation's secret: what was set, else one made at the first start and kept, readable by its owner alone. */
export function installationSecret(dataDir: string, given: string | undefined): string {
  if (given !== undefined) {
    if (given.length < 32) throw new Error("SECRET must have at least 32 characters.");
    return given;
  }
  const file = join(dataDir, "secret");
  if (existsSync(file)) return readFileSync(file, "utf8").trim();
  mkdirSync(dataDir, { recursive: true });
  const secret = randomBytes(48).toString("base64url");
  writeFileSync(`${file}.new`, secret, { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
  return secret;
}
