import * as z from "zod";
import { readCookie, writeCookie } from "#app/http/cookie.ts";
import { takeCode } from "#app/people/second-factor.server.ts";
import { type Entered, LONGEST_MS, type Sessions } from "#app/people/sessions.ts";
import { readLoginName } from "#app/people/login-name.ts";
import { findFreeze } from "#db/freezes.ts";
import { findIdentityByHash, findPasswordHash, keepSession } from "#db/identities.ts";
import { isActive } from "#db/people.ts";
import { findSecondFactor } from "#db/second-factors.ts";
import type { OpenDb } from "#db/types.ts";
import { makeAuth } from "./auth.ts";
import { Patience } from "./patience.ts";
import { makeSeals, type Seals } from "./seals.ts";
import { nobodyElse, type Wire } from "./wire/wire.ts";

export interface ServerSessions extends Sessions {
  /** Whose session these headers carry, or null. */
  personOf(headers: Headers): Promise<string | null>;
  /** Whether this was sealed by the secret of now. */
  isCurrent(sealed: string): boolean;
}

/** Between password and code so much time may pass. */
const CODE_S = 10 * 60;

/** How somebody fared who gave a password, or the code of a second factor. The account is a person's id, or stands for a login that is nobody's. */
export interface PasswordGiven {
  account: string;
  outcome: "right" | "wrong" | "slow";
  /** What was given, if not a password. */
  code?: true;
  /** Of the request, where it was one to sign in. */
  requestId?: string;
}

export interface SessionOptions {
  /** Where other processes hear of wrong passwords. */
  wire?: Wire;
  /** Whether offices wait until those who hold them have a second factor. */
  secondFactorDemanded?: boolean;
}

/**
 * Signing in, on better-auth.
 *
 * @param secrets of the installation: that by which is written, then earlier ones, by which is still read
 * @param note told of every password that was given, for the log
 */
export function makeSessions(open: OpenDb, secrets: string | readonly [string, ...string[]], publicUrl: string, note: (given: PasswordGiven) => void = () => undefined, { wire = nobodyElse, secondFactorDemanded = false }: SessionOptions = {}): ServerSessions {
  const [secret, ...previous] = typeof secrets === "string" ? [secrets] : secrets;
  const seals = makeSeals([secret, ...previous]);
  const patience = new Patience(wire);
  const auth = makeAuth(open, secret, publicUrl);
  /** Cookies that an earlier secret signed open what they opened. */
  const auths = [auth, ...previous.map((one) => makeAuth(open, one, publicUrl))];
  const cookies = (response: { headers: Headers }): Headers => {
    const headers = new Headers();
    for (const cookie of response.headers.getSetCookie()) headers.append("set-cookie", cookie);
    return headers;
  };
  /** The session that the browser had ends. */
  const start = async (request: Request, personId: string) => {
    const before = await find(request.headers);
    const begun = await auth.api.openSession({ body: { personId }, headers: request.headers, returnHeaders: true });
    if (before) await (await auth.$context).internalAdapter.deleteSession(before.token);
    return begun;
  };

  /**
   * @param account a person's id, or for somebody unknown whatever stands for them
   * @param guessedAt by what guesses are counted
   */
  const check = async (account: string, guessedAt: string, password: string, requestId?: string) => {
    const compared = await compare(account, guessedAt, password);
    note({ account, outcome: compared.outcome, ...(requestId && { requestId }) });
    return compared;
  };
  const compare = async (account: string, guessedAt: string, password: string): Promise<{ outcome: "right"; hash: string } | { outcome: "wrong" | "slow" }> => {
    if (!patience.allows(guessedAt)) return { outcome: "slow" };
    // Counted before it is compared: a thousand guesses at once are not one.
    patience.failed(guessedAt);
    const hash = await findPasswordHash(open.db, account);
    const { password: hashing } = await auth.$context;
    // Somebody unknown costs the same time as a wrong password.
    const right = hash ? await hashing.verify({ hash, password }) : (await hashing.hash(password), false);
    if (!hash || !right) return { outcome: "wrong" };
    patience.forget(guessedAt);
    return { outcome: "right", hash };
  };
  const askForCode = async (personId: string): Promise<Entered> => {
    const waiting: Waiting = { purpose: "sign in", personId, passwordSetAt: await passwordSetAt(personId), until: Date.now() + CODE_S * 1000 };
    return { headers: new Headers({ "set-cookie": writeCookie(publicUrl, CODE_COOKIE, seals.seal(JSON.stringify(waiting)), CODE_S) }), personId, asks: "code" };
  };
  const passwordSetAt = async (personId: string) => (await (await auth.$context).internalAdapter.findAccounts(personId)).find((one) => one.providerId === "credential")?.updatedAt.getTime() ?? 0;
  /** Whoever is between password and code; a password that was changed meanwhile, or an account that was frozen, ends that too. */
  const waitingFor = async (sealed: string | undefined) => {
    const read = readWaiting(seals, sealed);
    return read && read.until > Date.now() && read.passwordSetAt === (await passwordSetAt(read.personId)) && (await isActive(open.db, read.personId)) ? read : undefined;
  };
  const checkCode = async (personId: string, code: string, requestId?: string) => {
    const account = `code ${personId}`;
    const allowed = patience.allows(account);
    // Counted before it is compared, as passwords are.
    if (allowed) patience.failed(account);
    const outcome = !allowed ? "slow" : (await takeCode(open.db, seals, personId, code)) ? "right" : "wrong";
    if (outcome === "right") patience.forget(account);
    note({ account: personId, outcome, code: true, ...(requestId && { requestId }) });
    return outcome;
  };
  const find = async (headers: Headers) => {
    if (!headers.has("cookie")) return null;
    for (const one of auths) {
      const found = await one.api.getSession({ headers });
      if (found) return Date.now() - found.session.createdAt.getTime() < LONGEST_MS ? found.session : null;
    }
    return null;
  };

  return {
    ...seals,
    secondFactorDemanded,
    check: async (personId, password) => (await check(personId, personId, password)).outcome,
    async signIn(request, login, password) {
      const name = readLoginName(login);
      // Guesses are counted by the login, in its one form, whether or not it is somebody's: else one could tell, and tell whose it is.
      const guessed = name ? `${name.kind}:${name.normalised}` : login;
      const guessedAt = seals.keyedHash(guessed);
      const identity = name && (await findIdentityByHash(open.db, seals.keyedHashes(guessed)));
      const checked = await check(identity?.personId ?? guessedAt, guessedAt, password, request.headers.get("x-request-id") ?? undefined);
      if (checked.outcome !== "right" || !identity) return { refused: checked.outcome === "slow" ? "slow" : "wrong" };
      const { personId } = identity;
      const freeze = await findFreeze(open.db, personId);
      if (freeze) return { refused: "frozen", freeze };
      // A password that was changed while it was compared opens nothing.
      if (await findSecondFactor(open.db, personId)) {
        const asked = await askForCode(personId);
        return (await findPasswordHash(open.db, personId)) === checked.hash ? asked : { refused: "wrong" };
      }
      const begun = await start(request, personId);
      if (!(await keepSession(open.db, begun.response.token, personId, checked.hash))) return { refused: "wrong" };
      return { headers: cookies(begun), personId };
    },
    async enter(request, personId) {
      return (await findSecondFactor(open.db, personId)) ? askForCode(personId) : { headers: cookies(await start(request, personId)), personId };
    },
    async finish(request, code) {
      const sealed = readCookie(request, CODE_COOKIE);
      const personId = readWaiting(seals, sealed)?.personId;
      const passwordHash = personId === undefined ? null : await findPasswordHash(open.db, personId);
      if (personId === undefined || passwordHash === null || !(await waitingFor(sealed))) return { refused: "gone" };
      const outcome = await checkCode(personId, code, request.headers.get("x-request-id") ?? undefined);
      if (outcome !== "right") return { refused: outcome };
      const begun = await start(request, personId);
      if (!(await keepSession(open.db, begun.response.token, personId, passwordHash))) return { refused: "gone" };
      const headers = cookies(begun);
      headers.append("set-cookie", writeCookie(publicUrl, CODE_COOKIE, "", 0));
      return { headers };
    },
    open: async (request, personId) => cookies(await start(request, personId)),
    async signOut(request) {
      const session = await find(request.headers);
      if (session) await (await auth.$context).internalAdapter.deleteSession(session.token);
      return cookies(await auth.api.signOut({ headers: request.headers, returnHeaders: true }));
    },
    async hash(password) {
      return (await auth.$context).password.hash(password);
    },
    async personOf(headers) {
      return (await find(headers))?.userId ?? null;
    },
    async sessionOf(request) {
      return (await find(request.headers))?.id ?? null;
    },
  };
}

const CODE_COOKIE = "code";
const waiting = z.object({ purpose: z.literal("sign in"), personId: z.string(), passwordSetAt: z.number(), until: z.number() });
type Waiting = z.infer<typeof waiting>;

function readWaiting(seals: Seals, sealed: string | undefined): Waiting | undefined {
  try {
    return sealed ? waiting.safeParse(JSON.parse(seals.unseal(sealed))).data : undefined;
  } catch {
    return undefined; // made up, changed, or of another installation
  }
}
