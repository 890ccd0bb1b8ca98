/** The closed list of refusals: each has one status and one message per language. */
export const REFUSALS = { signIn: 401, notThere: 404, notAllowed: 403, unverified: 403, garbled: 400, tooMany: 429 } as const;
export type Refusal = keyof typeof REFUSALS;

/**
 * A refusal, to be thrown. Whoever may not know that something exists gets `notThere`, exactly as if it did not.
 * `notAllowed` is for people who see the thing and may not do this to it.
 */
export function refuse(refusal: Refusal): Response {
  return new Response(refusal, { status: REFUSALS[refusal], statusText: refusal, headers: { "x-refusal": refusal, "cache-control": "no-store" } });
}

/** Which refusal an error boundary was given, or undefined for anything else. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (typeof error !== "object" || error === null || !("status" in error)) return undefined;
  const named = "data" in error ? error.data : undefined;
  if (typeof named === "string" && Object.hasOwn(REFUSALS, named)) return named as Refusal;
  // Remix says 400 itself where an act is asked for as a page.
  const noSuchWay = error.status === 400 && "internal" in error && error.internal === true;
  return error.status === 404 || error.status === 405 || noSuchWay ? "notThere" : undefined;
}

/** Whether an error is a fault: not a refusal, and not an answer that a route gave on purpose. */
export function faultOf(error: unknown): boolean {
  if (error instanceof Response) return error.status >= 500;
  return refusalOf(error) === undefined;
}
