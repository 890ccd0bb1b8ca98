/** Before the names of cookies that a browser takes from this very host alone, over https, and for all of its paths. */
export const HOST_PREFIX = "__Host-";

/** The value of a plain cookie (language, theme, flash) under either of its names, or undefined. The session's own cookie is read by its library. */
export function readCookie(request: Pick<Request, "headers">, name: string): string | undefined {
  const pairs = (request.headers.get("cookie") ?? "").split(/;\s*/);
  for (const wanted of [HOST_PREFIX + name, name]) {
    const pair = pairs.find((one) => one.startsWith(`${wanted}=`));
    if (pair) return safely(pair.slice(wanted.length + 1));
  }
  return undefined;
}

/** A `set-cookie` header for a plain cookie. `maxAge` in seconds; 0 takes it away. `publicUrl`: over https it is bound to its host. */
export function writeCookie(publicUrl: string, name: string, value: string, maxAge: number): string {
  const cookie = `${name}=${encodeURIComponent(value)}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax`;
  return publicUrl.startsWith("https:") ? `${HOST_PREFIX}${cookie}; Secure` : cookie;
}

function safely(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
