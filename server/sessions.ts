import { betterAuth } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { createAuthEndpoint } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import * as z from "zod";
import { HOST_PREFIX } from "#app/http/cookie.ts";
import type { Sessions } from "#app/people/sessions.ts";
import { readLoginName } from "#app/people/login-name.ts";
import { findIdentityByHash } from "#db/identities.ts";
import { authAccounts, authSessions, authUsers, authVerifications } from "#db/schema/index.ts";
import type { OpenDb } from "#db/types.ts";
import { Patience } from "./patience.ts";
import { makeSeals } from "./seals.ts";

export interface ServerSessions extends Sessions {
  /** Whose session these headers carry, or null. */
  personOf(headers: Headers): Promise<string | null>;
}

const DAY_S = 60 * 60 * 24;
/** A session ends when it was not used for so long, */
const IDLE_S = 14 * DAY_S;
/** and in any case when it is so old. */
const LONGEST_MS = 90 * DAY_S * 1000;

/** How somebody fared who gave a password. The account is a person's id, or stands for a login that is nobody's. */
export interface PasswordGiven {
  account: string;
  outcome: "right" | "wrong" | "slow";
  /** Of the request, where it was one to sign in. */
  requestId?: string;
}

/**
 * Signing in by better-auth on our own tables. None of its own addresses are mounted: pages call it, and nobody else can.
 *
 * @param note told of every password that was given, for the log
 */
export function makeSessions(open: OpenDb, secret: string, publicUrl: string, note: (given: PasswordGiven) => void = () => undefined): ServerSessions {
  const https = publicUrl.startsWith("https:");
  const seals = makeSeals(secret);
  const patience = new Patience();
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
  const start = async (request: Request, personId: string) =>
    cookies(await auth.api.openSession({ body: { personId }, headers: request.headers, returnHeaders: true }));

  /** `account`: a person's id, or for somebody unknown whatever stands for them. */
  const check = async (account: string, password: string, requestId?: string) => {
    const outcome = await compare(account, password);
    note({ account, outcome, ...(requestId && { requestId }) });
    return outcome;
  };
  const compare = async (account: string, password: string) => {
    if (!patience.allows(account)) return "slow";
    const context = await auth.$context;
    const stored = (await context.internalAdapter.findAccounts(account)).find((one) => one.providerId === "credential")?.password;
    // Somebody unknown costs the same time as a wrong password.
    const right = stored ? await context.password.verify({ hash: stored, password }) : (await context.password.hash(password), false);
    if (right) patience.forget(account);
    else patience.failed(account);
    return right ? "right" : "wrong";
  };

  return {
    ...seals,
    check: (personId, password) => check(personId, password),
    async signIn(request, login, password) {
      const name = readLoginName(login);
      const identity = name && (await findIdentityByHash(open.db, seals.keyedHash(`${name.kind}:${name.normalised}`)));
      const checked = await check(identity?.personId ?? seals.keyedHash(login), password, request.headers.get("x-request-id") ?? undefined);
      if (checked !== "right" || !identity) return { refused: checked === "slow" ? "slow" : "wrong" };
      return { headers: await start(request, identity.personId), personId: identity.personId };
    },
    open: start,
    async signOut(request) {
      return cookies(await auth.api.signOut({ headers: request.headers, returnHeaders: true }));
    },
    async hash(password) {
      return (await auth.$context).password.hash(password);
    },
    async personOf(headers) {
      if (!headers.has("cookie")) return null;
      const found = await auth.api.getSession({ headers });
      return found && Date.now() - found.session.createdAt.getTime() < LONGEST_MS ? found.user.id : null;
    },
  };
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
      await setSessionCookie(ctx, { session, user });
      return ctx.json({ done: true });
    }),
  },
};
