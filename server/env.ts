import { resolve } from "node:path";
import { MAX_FILE_BYTES } from "#app/files/refusals.ts";
import type { ObjectStore } from "./bucket.ts";
import type { Relay } from "./live/relay.ts";

/** What an administrator may set. The only place that reads the environment, but for `db/dialect.ts`. Documented in docs/running.md. */
export interface Settings {
  mode: "demo" | "production";
  port: number;
  host: string;
  dataDir: string;
  /** `postgres://…`, or the path of an SQLite file. */
  database: string;
  publicUrl: string;
  /** Nobody comes from elsewhere, not even by a proxy that listens beside us. */
  thisMachineOnly: boolean;
  /** Whether an empty database is filled with the demonstration. */
  fillDemo: boolean;
  /** How many proxies stand before us and may say who the visitor is. */
  trustedProxies: number;
  smtp: string | undefined;
  mailFrom: string;
  /** Set where several processes share sessions; else made once and kept in the data folder. */
  secret: string | undefined;
  /** Earlier secrets, by which is still read while what they sealed is moved. */
  previousSecrets: readonly string[];
  /** Whether offices wait until those who hold them have turned on a second factor; else they are asked to. */
  secondFactorDemanded: boolean;
  logLevel: string;
  livekit: { url: string | undefined; apiKey: string | undefined; apiSecret: string | undefined; nodeIp: string | undefined; install: boolean; releaseUrl: string | undefined; releaseSha256: string | undefined };
  /** Through which media go where a school lets nothing else out; without one they go to the media server alone. */
  relay: Relay | undefined;
  /** What programs that we start inherit: their PATH is where they are looked for. */
  environment: NodeJS.ProcessEnv;
  /** With it `/metrics` answers whoever brings it; without it there is no such address. */
  metricsToken: string | undefined;
  /** Where the processes of one installation meet; without it there is only this one. */
  redis: string | undefined;
  /** Where files are kept, if not in the data folder. */
  objectStore: ObjectStore | undefined;
  /** ClamAV's daemon, which looks into files before they are kept; without one nobody does. */
  virusScanner: URL | undefined;
  /** What one person may upload in a day. */
  uploadBytesADay: number;
  meilisearch: { url: string | undefined; apiKey: string | undefined };
}

/**
 * @param args the words after `npm start --`: `--production`, `--empty` (no demonstration), `--demo` (fill a database named by DATABASE_URL)
 * @throws Error naming the setting that cannot be understood
 */
export function readSettings(args: readonly string[] = process.argv.slice(2), env: NodeJS.ProcessEnv = process.env): Settings {
  const production = args.includes("--production");
  const mode = production ? "production" : "demo";
  const dataDir = resolve(env.DATA_DIR ?? "data");
  const port = wholeNumber("PORT", env.PORT, 3000);
  const named = env.DATABASE_URL;
  const publicUrl = (env.PUBLIC_URL || `http://localhost:${port}`).replace(/\/+$/, "");
  if (!/^https?:/.test(publicUrl) || !URL.canParse(publicUrl)) throw new Error(`PUBLIC_URL must be an address such as https://tongyan.example.cn, not "${publicUrl}".`);
  const host = env.HOST || (production ? "0.0.0.0" : "127.0.0.1");
  return {
    mode,
    port,
    host,
    dataDir,
    database: named ?? resolve(dataDir, production ? "tongyan.sqlite" : "demo.sqlite"),
    publicUrl,
    thisMachineOnly: isLoopback(host) && isLoopback(new URL(publicUrl).hostname),
    fillDemo: !production && !args.includes("--empty") && (named === undefined || args.includes("--demo")),
    trustedProxies: wholeNumber("TRUSTED_PROXIES", env.TRUSTED_PROXIES, 0),
    smtp: env.SMTP_URL,
    mailFrom: env.MAIL_FROM || `同研 <${senderOf(env.SMTP_URL, publicUrl)}>`,
    secret: env.SECRET,
    previousSecrets: secretsOf(env.SECRET_PREVIOUS),
    secondFactorDemanded: oneOf("SECOND_FACTOR", env.SECOND_FACTOR, ["asked", "demanded"] as const) === "demanded",
    logLevel: env.LOG_LEVEL ?? "info",
    livekit: {
      url: env.LIVEKIT_URL,
      apiKey: env.LIVEKIT_API_KEY,
      apiSecret: env.LIVEKIT_API_SECRET,
      nodeIp: env.LIVEKIT_NODE_IP,
      install: env.LIVEKIT_INSTALL !== "no",
      releaseUrl: env.LIVEKIT_RELEASE_URL,
      releaseSha256: env.LIVEKIT_RELEASE_SHA256,
    },
    relay: relayOf(env.TURN_URLS, env.TURN_SECRET),
    environment: env,
    metricsToken: env.METRICS_TOKEN || undefined,
    redis: env.REDIS_URL || undefined,
    objectStore: objectStoreOf(env),
    virusScanner: scannerOf(env.CLAMAV_URL),
    uploadBytesADay: megabytes("UPLOADS_MB_A_DAY", env.UPLOADS_MB_A_DAY, 2_000, MAX_FILE_BYTES),
    meilisearch: { url: env.MEILISEARCH_URL, apiKey: env.MEILISEARCH_API_KEY },
  };
}

function isLoopback(host: string): boolean {
  return ["127.0.0.1", "localhost", "::1", "[::1]"].includes(host);
}

/** Most mail services take letters only from the address that signs in there. */
function senderOf(smtp: string | undefined, publicUrl: string): string {
  const account = smtp && URL.canParse(smtp) ? decodeURIComponent(new URL(smtp).username) : "";
  return account.includes("@") ? account : `noreply@${new URL(publicUrl).hostname}`;
}

function objectStoreOf(env: NodeJS.ProcessEnv): ObjectStore | undefined {
  const { S3_ENDPOINT: endpoint, S3_BUCKET: bucket, S3_REGION: region, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = env;
  if (!endpoint && !bucket) return undefined;
  if (!endpoint || !bucket || !accessKeyId || !secretAccessKey) throw new Error("An object store needs all of S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY.");
  return { endpoint, bucket, region: region || "us-east-1", accessKeyId, secretAccessKey };
}

function relayOf(given: string | undefined, secret: string | undefined): Relay | undefined {
  const urls = (given ?? "").split(",").map((one) => one.trim()).filter(Boolean);
  if (urls.length === 0 && !secret) return undefined;
  if (urls.length === 0 || !secret) throw new Error("A relay needs both TURN_URLS and TURN_SECRET.");
  const odd = urls.find((url) => !/^turns?:[^\s/?]+(\?transport=(udp|tcp))?$/.test(url));
  if (odd) throw new Error(`TURN_URLS must look like turns:turn.example.cn:443?transport=tcp, several separated by commas, not "${odd}".`);
  return { urls, secret };
}

function secretsOf(given: string | undefined): string[] {
  const secrets = (given ?? "").split(",").map((one) => one.trim()).filter(Boolean);
  if (secrets.some((one) => one.length < 32)) throw new Error("SECRET_PREVIOUS must be secrets of at least 32 characters, separated by commas.");
  return secrets;
}

function scannerOf(given: string | undefined): URL | undefined {
  if (!given) return undefined;
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url?.protocol !== "tcp:" || !url.hostname) throw new Error(`CLAMAV_URL must look like tcp://host:3310, not "${given}".`);
  return url;
}

/** The first where nothing is given. */
function oneOf<Word extends string>(name: string, given: string | undefined, words: readonly [Word, ...Word[]]): Word {
  const word = given ? words.find((one) => one === given) : words[0];
  if (!word) throw new Error(`${name} must be one of ${words.join(", ")}, not "${given}".`);
  return word;
}

/** In bytes. Less than `least` would refuse what is promised elsewhere. */
function megabytes(name: string, given: string | undefined, otherwise: number, least: number): number {
  const bytes = wholeNumber(name, given, otherwise) * 1024 * 1024;
  if (bytes < least) throw new Error(`${name} must be ${least / 1024 / 1024} or more, not "${given}".`);
  return bytes;
}

function wholeNumber(name: string, given: string | undefined, otherwise: number): number {
  if (given === undefined || given === "") return otherwise;
  const number = Number(given);
  if (!Number.isInteger(number) || number < 0 || number > 65_535) throw new Error(`${name} must be a whole number from 0 to 65535, not "${given}".`);
  return number;
}
