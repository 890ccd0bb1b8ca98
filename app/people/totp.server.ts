import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** A code lives so long. */
const STEP_MS = 30_000;
const DIGITS = 6;
/** Clocks of phones differ: a code of the interval before or after is taken as well. */
const DRIFT = 1;
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** A secret as authenticator programs take it: 160 bits in the letters of RFC 4648. */
export function newSecret(): string {
  return base32(randomBytes(20));
}

/**
 * The code of an interval by RFC 6238, from HMAC-SHA-1 as every authenticator program knows it.
 *
 * @param step how many times thirty seconds have passed since 1970
 */
export function codeAt(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac("sha1", bytesOf(secret)).update(counter).digest();
  const number = hash.readUInt32BE((hash.at(-1) ?? 0) & 15) & 0x7fffffff;
  return String(number % 10 ** DIGITS).padStart(DIGITS, "0");
}

/** The interval of which this is the code, if it is one about now and after `last`; a code that was taken, or is older than one that was, is none. */
export function stepOf(secret: string, code: string, last: number, at: Date): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined;
  const now = Math.floor(at.getTime() / STEP_MS);
  const steps = Array.from({ length: 2 * DRIFT + 1 }, (_, i) => now - DRIFT + i);
  return steps.find((step) => step > last && timingSafeEqual(Buffer.from(codeAt(secret, step)), Buffer.from(code)));
}

/** What an authenticator program reads from a picture or a link. */
export function otpauthAddress(secret: string, name: string): string {
  return `otpauth://totp/${encodeURIComponent("同研")}:${encodeURIComponent(name)}?${new URLSearchParams({ secret, issuer: "同研" }).toString()}`;
}

/** A code that stands in for the device, once: 120 bits, in four groups. */
export function newRecoveryCode(): string {
  return (base32(randomBytes(15)).toLowerCase().match(/.{6}/g) ?? []).join("-");
}

function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return (bits.match(/.{5}/g) ?? []).map((five) => LETTERS[Number.parseInt(five, 2)]).join("");
}

function bytesOf(letters: string): Buffer {
  const bits = [...letters].map((letter) => LETTERS.indexOf(letter).toString(2).padStart(5, "0")).join("");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)));
}
