import type { AppContext } from "../context.ts";
import type { Viewer } from "#db/viewer.ts";
import { redirect } from "@remix-run/node";
import { refuse } from "./refusals.ts";

/**
 * The person who asks. Without one, a page sends to the sign-in and back here afterwards; an act is refused.
 *
 * @throws Response the redirect or the refusal
 */
export async function requireViewer(context: Pick<AppContext, "viewer">, request: Request): Promise<Viewer> {
  const viewer = await context.viewer();
  if (viewer) return viewer;
  if (request.method !== "GET") throw refuse("signIn");
  const url = new URL(request.url);
  const back = url.pathname.replace(/\.data$/, "") + withoutData(url.search);
  throw redirect(`/sign-in?back=${encodeURIComponent(back)}`);
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
