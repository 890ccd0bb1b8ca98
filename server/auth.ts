import { betterAuth } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { createAuthEndpoint } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import * as z from "zod";
import { HOST_PREFIX } from "#app/http/cookie.ts";
import { LONGEST_MS } from "#app/people/sessions.ts";
import { authAccounts, authSessions, authUsers, authVerifications } from "#db/schema/index.ts";
import type { OpenDb } from "#db/types.ts";

const DAY_S = 60 * 60 * 24;
/** A session ends when it was not used for so long, */
const IDLE_S = 14 * DAY_S;
/** and in any case when it is so old; so long its cookie lives, and the server says which of the two it is. */
const LONGEST_S = LONGEST_MS / 1000;

/** better-auth on our own tables. None of its own addresses are mounted: pages call it, and nobody else can. */
export function makeAuth(open: OpenDb, secret: string, publicUrl: string) {
  const https = publicUrl.startsWith("https:");
  return betterAuth({
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
}

/** Begins a session for a person whose right to it was established otherwise. Reached by calls only; it has no address. */
const openSession = {
  id: "open-session",
  endpoints: {
    openSession: createAuthEndpoint("/open-session", { method: "POST", body: z.object({ personId: z.string() }) }, async (ctx) => {
      const user = await ctx.context.internalAdapter.findUserById(ctx.body.personId);
      if (!user) throw new Error("A session for nobody.");
      const session = await ctx.context.internalAdapter.createSession(user.id);
      await setSessionCookie(ctx, { session, user }, false, { maxAge: LONGEST_S });
      return ctx.json({ token: session.token });
    }),
  },
};
