import type { AppContext } from "#app/context.ts";
import type { OpenDb } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import { makeSessions } from "#server/sessions.ts";

export const SECRET = "测试用的秘密，够长够长够长够长够长够长够长够长够长";

/** The context of a request by this person, on a real database with real sessions. Other services are what the test gives; asking for one that it did not give fails. */
export function aContext(open: OpenDb, viewer: Viewer | null, given: Partial<AppContext> = {}): AppContext {
  const known: Partial<AppContext> = {
    db: open.db,
    viewer: async () => viewer,
    sessions: makeSessions(open, SECRET, "http://localhost:3000"),
    site: { publicUrl: "http://localhost:3000", demo: false, mail: false },
    fault: (error) => {
      throw error;
    },
    requestId: "01TEST",
    nonce: "n",
    spend: () => true,
    ...given,
  };
  return new Proxy(known, {
    get(services, name) {
      if (name in services) return services[name as keyof AppContext];
      throw new Error(`this test gives no ${String(name)}`);
    },
  }) as AppContext; // what is missing throws when it is asked for
}

/** A POST of a form as a browser would send it. */
export function aForm(path: string, fields: Record<string, string | readonly string[]>): Request {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) for (const one of typeof value === "string" ? [value] : value) body.append(name, one);
  return new Request(`http://localhost:3000${path}`, { method: "POST", body, headers: { origin: "http://localhost:3000" } });
}
