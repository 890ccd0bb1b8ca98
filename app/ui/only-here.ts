/** A page in which something was written that is on this device only, until the page is open again with a line. */
export interface OnlyHere {
  href: string;
  title: string;
}

/** Remembers, per person, that this page holds something unsent. */
export function noteOnlyHere(personId: string, page: OnlyHere): void {
  write(personId, [...listOnlyHere(personId).filter(({ href }) => href !== page.href), page]);
}

/** The server has all of it. */
export function sentFromHere(personId: string, href: string): void {
  const all = listOnlyHere(personId);
  if (all.some((one) => one.href === href)) write(personId, all.filter((one) => one.href !== href));
}

export function listOnlyHere(personId: string): OnlyHere[] {
  try {
    return JSON.parse(localStorage.getItem(keyOf(personId)) ?? "[]") as OnlyHere[]; // only `write` writes there
  } catch {
    // A browser that keeps nothing.
    return [];
  }
}

const keyOf = (personId: string) => `tongyan-only-here:${personId}`;

function write(personId: string, pages: readonly OnlyHere[]): void {
  try {
    localStorage.setItem(keyOf(personId), JSON.stringify(pages));
  } catch {
    // Full or forbidden: the text itself is kept elsewhere.
  }
}
