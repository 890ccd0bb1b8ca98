import type { AppContext } from "../context.ts";
import type { Viewer } from "#db/viewer.ts";
import { redirect } from "@remix-run/node";
import { LONGEST_FORM } from "./longest-form.ts";
import { refuse } from "./refusals.ts";

/**
 * The person who asks. Without one, a page sends to the sign-in and back here afterwards; an act is refused.
 *
 * @throws Response the redirect or the refusal
 */
export async function requireViewer(context: Pick<AppContext, "viewer">, request: Request): Promise<Viewer> {
  await wholeForm(request);
  const viewer = await context.viewer();
  if (viewer) return viewer;
  if (request.method !== "GET") throw refuse("signIn");
  const url = new URL(request.url);
  const back = url.pathname.replace(/\.data$/, "") + withoutData(url.search);
  throw redirect(`/sign-in?back=${encodeURIComponent(back)}`);
}

/**
 * The same person with what they may do by now, for an act that took long after it was begun: what it asked of them then has to be asked again.
 *
 * @throws Response the refusal, when the session is over
 */
export async function stillViewer(context: Pick<AppContext, "viewer">, before: Viewer): Promise<Viewer> {
  const viewer = await context.viewer("anew");
  if (viewer?.id !== before.id) throw refuse("signIn");
  return viewer;
}

/**
 * Waits until a form is here: whoever sends its end minutes after its beginning acts by the rights of the end. Files that are longer than a
 * form are left to who reads them, and asks again (`stillViewer`).
 */
async function wholeForm(request: Request): Promise<void> {
  if (request.bodyUsed || !request.body || Number(request.headers.get("content-length") ?? 0) > LONGEST_FORM) return;
  // What is wrong with it, a line that was cut among others, is found by who reads it.
  await request.clone().arrayBuffer().catch(() => undefined);
}

/** Where a person goes after signing in: only ever a place of our own. */
export function safeReturn(back: FormDataEntryValue | string | null | undefined): string {
  const place = ownPlace(back);
  return place.startsWith("/sign-in") ? "/" : place;
}

/** The same where nobody has signed in by it: the sign-in page itself is a place to come back to. */
export function ownPlace(back: FormDataEntryValue | string | null | undefined): string {
  return typeof back === "string" && /^\/(?![/\\])[^\s]*$/.test(back) ? back : "/";
}

function withoutData(search: string): string {
  const parameters = new URLSearchParams(search);
  parameters.delete("_routes");
  const rest = parameters.toString();
  return rest ? `?${rest}` : "";
}
