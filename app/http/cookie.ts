/** The value of a plain cookie (language, theme, flash), or undefined. The session's own cookie is read by its library. */
export function readCookie(request: Pick<Request, "headers">, name: string): string | undefined {
  for (const pair of (request.headers.get("cookie") ?? "").split(/;\s*/)) {
    const at = pair.indexOf("=");
    if (at > 0 && pair.slice(0, at) === name) return safely(pair.slice(at + 1));
  }
  return undefined;
}

/** A `set-cookie` header for a plain cookie. `maxAge` in seconds; 0 takes it away. */
export function writeCookie(name: string, value: string, maxAge: number): string {
  return `${name}=${encodeURIComponent(value)}; Path=/; Max-Age=${maxAge}; SameSite=Lax`;
}

function safely(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
