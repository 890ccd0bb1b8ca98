import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";

export interface Seals {
  seal(plain: string): string;
  unseal(sealed: string): string;
  keyedHash(normalised: string): string;
}

/** Personal fields at rest: AES-256-GCM with a fresh nonce, and an HMAC by which the same value is found again. Keys are derived from the installation's secret. */
export function makeSeals(secret: string): Seals {
  const key = (purpose: string) => Buffer.from(hkdfSync("sha256", secret, "tongyan", purpose, 32));
  const sealing = key("seal");
  const hashing = key("hash");
  return {
    seal(plain) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", sealing, nonce);
      const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64url");
    },
    unseal(sealed) {
      const all = Buffer.from(sealed, "base64url");
      const decipher = createDecipheriv("aes-256-gcm", sealing, all.subarray(0, 12)).setAuthTag(all.subarray(12, 28));
      return Buffer.concat([decipher.update(all.subarray(28)), decipher.final()]).toString("utf8");
    },
    keyedHash: (normalised) => createHmac("sha256", hashing).update(normalised).digest("base64url"),
  };
}
