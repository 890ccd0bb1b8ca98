import type { Answer } from "#tests/doors/house.ts";

/** Different in every answer, whatever was asked for, or follows from the body, which is compared itself. */
const PASSING = new Set(["date", "etag", "x-request-id", "content-length", "set-cookie"]);

/** An answer without what is different in every answer: its number, its nonce, and the ids that were asked for. */
export function bare(answer: Answer, ids: readonly string[]): { status: number; headers: string; body: string } {
  const strip = (text: string) => {
    let left = text.replaceAll(answer.requestId, "REQUEST").replace(/nonce(=\\?"|":\\?"|\\?",\\?")[\w-]+/g, "nonce");
    for (const id of ids) left = left.replaceAll(id, "ASKED-FOR");
    return left;
  };
  const headers = Object.entries(answer.headers).filter(([name]) => !PASSING.has(name)).map(([name, value]) => `${name}: ${strip(value).replace(/'nonce-[\w-]+'/, "'nonce'").replace(/'sha256-[^']+'/g, "'sha256'")}`);
  return { status: answer.status, headers: headers.sort().join("\n"), body: strip(answer.body) };
}

/** A refusal to somebody who is not signed in: the way to the sign-in page, and nothing else. */
export function asksToSignIn(answer: Answer): boolean {
  if (answer.status === 401) return true;
  if (answer.status >= 300 && answer.status < 400) return answer.location?.startsWith("/sign-in") ?? false;
  // The router's own requests carry a redirect in their body.
  return answer.status === 202 && answer.body.includes("/sign-in") && answer.body.length < 500;
}
