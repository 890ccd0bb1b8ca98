import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";

export interface Seals {
  seal(plain: string): string;
  /** @throws when none of the secrets sealed it, or it was changed */
  unseal(sealed: string): string;
  keyedHash(normalised: string): string;
  /** That of now first, then those of earlier secrets: for looking up. */
  keyedHashes(normalised: string): string[];
  /** Whether the secret of now sealed it. */
  isCurrent(sealed: string): boolean;
}

/**
 * Personal fields at rest: AES-256-GCM with a fresh nonce, and an HMAC by which the same value is found again. Keys are derived from the installation's secret.
 *
 * @param secrets that by which is written, then earlier ones, by which is still read
 */
export function makeSeals(secrets: string | readonly [string, ...string[]]): Seals {
  const [now, ...before] = typeof secrets === "string" ? [secrets] : secrets;
  const keys = keysOf(now);
  const all = [keys, ...before.map(keysOf)];
  const keyedHash = (normalised: string, { hashing } = keys) => createHmac("sha256", hashing).update(normalised).digest("base64url");
  return {
    seal(plain) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", keys.sealing, nonce);
      const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64url");
    },
    unseal(sealed) {
      for (const { sealing } of all) {
        const plain = open(sealed, sealing);
        if (plain !== undefined) return plain;
      }
      throw new Error("This was not sealed by us.");
    },
    keyedHash: (normalised) => keyedHash(normalised),
    keyedHashes: (normalised) => all.map((one) => keyedHash(normalised, one)),
    isCurrent: (sealed) => open(sealed, keys.sealing) !== undefined,
  };
}

interface Keys {
  sealing: Buffer;
  hashing: Buffer;
}

function keysOf(secret: string): Keys {
  const key = (purpose: string) => Buffer.from(hkdfSync("sha256", secret, "tongyan", purpose, 32));
  return { sealing: key("seal"), hashing: key("hash") };
}

/** undefined: another key sealed it, or it was changed. */
function open(sealed: string, key: Buffer): string | undefined {
  const all = Buffer.from(sealed, "base64url");
  if (all.length < 28) return undefined;
  const decipher = createDecipheriv("aes-256-gcm", key, all.subarray(0, 12)).setAuthTag(all.subarray(12, 28));
  const plain = decipher.update(all.subarray(28));
  try {
    return Buffer.concat([plain, decipher.final()]).toString("utf8");
  } catch {
    return undefined; // the tag does not fit
  }
}
