import { DrizzleQueryError } from "drizzle-orm";
import { pino, type Logger } from "pino";

/** Lines of JSON. Passwords, cookies and tokens are never written, nor what people wrote into a statement that failed. */
export function makeLog(level: string): Logger {
  return pino({
    level,
    redact: ["password", "cookie", "token", "*.password", "*.cookie", "*.token", "headers.cookie", "headers.authorization"],
    serializers: { error: told },
  });
}

/** An error as the log tells it. drizzle puts a statement's values into its message and its stack: there the statement stands without them. */
export function told(error: unknown): unknown {
  const failed = failedStatementIn(error);
  if (!failed) return pino.stdSerializers.err(error as Error); // whatever is no error comes back as it is
  const { cause } = failed;
  return { type: "DrizzleQueryError", message: cause instanceof Error ? cause.message : "", query: failed.query, stack: (error as Error).stack?.split("\n").filter((line) => /^\s+at /.test(line)).join("\n") };
}

function failedStatementIn(error: unknown): DrizzleQueryError | undefined {
  for (let at = error; at instanceof Error; at = at.cause) if (at instanceof DrizzleQueryError) return at;
  return undefined;
}
