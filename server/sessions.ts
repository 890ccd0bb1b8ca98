import { betterAuth } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { createAuthEndpoint } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import * as z from "zod";
import { HOST_PREFIX, readCookie, writeCookie } from "#app/http/cookie.ts";
import { takeCode } from "#app/people/second-factor.server.ts";
import { type Entered, LONGEST_MS, type Sessions } from "#app/people/sessions.ts";
import { readLoginName } from "#app/people/login-name.ts";
import { findFreeze } from "#db/freezes.ts";
import { findIdentityByHash, findPasswordHash, keepSession } from "#db/identities.ts";
import { isActive } from "#db/people.ts";
import { authAccounts, authSessions, authUsers, authVerifications } from "#db/schema/index.ts";
import { findSecondFactor } from "#db/second-factors.ts";
import type { OpenDb } from "#db/types.ts";
import { Patience } from "./patience.ts";
import { makeSeals, type Seals } from "./seals.ts";
import { nobodyElse, type Wire } from "./wire/wire.ts";

export interface ServerSessions extends Sessions {
  /** Whose session these headers carry, or null. */
  personOf(headers: Headers): Promise<string | null>;
}

const DAY_S = 60 * 60 * 24;
/** A session ends when it was not used for so long, */
const IDLE_S = 14 * DAY_S;
/** and in any case when it is so old; so long its cookie lives, and the server says which of the two it is. */
const LONGEST_S = LONGEST_MS / 1000;

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
 * Signing in by better-auth on our own tables. None of its own addresses are mounted: pages call it, and nobody else can.
 *
 * @param note told of every password that was given, for the log
 */
export function makeSessions(open: OpenDb, secret: string, publicUrl: string, note: (given: PasswordGiven) => void = () => undefined, { wire = nobodyElse, secondFactorDemanded = false }: SessionOptions = {}): ServerSessions {
  const https = publicUrl.startsWith("https:");
  const seals = makeSeals(secret);
  const patience = new Patience(wire);
  const auth = betterAuth({
    baseURL: publicUrl,
    secret,
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    database: drizzleAdapter(open.db as never, {
      provider: open.engine === "sqlite" ? "sqlite" : "pg",
      schema: { user: authUsers, session: authSessions, account: authAccounts, verification: authVerifications },
      transaction: false,
    }),
    emailAndPassword: { enabled: true, minPasswordLength: 8, maxPasswordLength: 128 },
    session: { expiresIn: IDLE_S, updateAge: DAY_S },
    // Its own way to secure cookies writes `__Secure-`, which other hosts of the domain can set as well.
    advanced: { cookiePrefix: https ? `${HOST_PREFIX}tongyan` : "tongyan", useSecureCookies: false, defaultCookieAttributes: { secure: https, sameSite: "lax" } },
    plugins: [openSession],
    logger: { disabled: true },
  });
  const cookies = (response: { headers: Headers }): Headers => {
    const headers = new Headers();
    for (const cookie of response.headers.getSetCookie()) headers.append("set-cookie", cookie);
    return headers;
  };
  const start = (request: Request, personId: string) => auth.api.openSession({ body: { personId }, headers: request.headers, returnHeaders: true });

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
    const found = await auth.api.getSession({ headers });
    return found && Date.now() - found.session.createdAt.getTime() < LONGEST_MS ? found.session : null;
  };

  return {
    ...seals,
    secondFactorDemanded,
    check: async (personId, password) => (await check(personId, personId, password)).outcome,
    async signIn(request, login, password) {
      const name = readLoginName(login);
      // Guesses are counted by the login, in its one form, whether or not it is somebody's: else one could tell, and tell whose it is.
      const guessedAt = seals.keyedHash(name ? `${name.kind}:${name.normalised}` : login);
      const identity = name && (await findIdentityByHash(open.db, guessedAt));
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

/** Begins a session for a person whose right to it was established otherwise, and ends the one that the browser had. Reached by calls only; it has no address. */
const openSession = {
  id: "open-session",
  endpoints: {
    openSession: createAuthEndpoint("/open-session", { method: "POST", body: z.object({ personId: z.string() }) }, async (ctx) => {
      const user = await ctx.context.internalAdapter.findUserById(ctx.body.personId);
      if (!user) throw new Error("A session for nobody.");
      const before = await ctx.getSignedCookie(ctx.context.authCookies.sessionToken.name, ctx.context.secret);
      if (before) await ctx.context.internalAdapter.deleteSession(before);
      const session = await ctx.context.internalAdapter.createSession(user.id);
      await setSessionCookie(ctx, { session, user }, false, { maxAge: LONGEST_S });
      return ctx.json({ token: session.token });
    }),
  },
};
