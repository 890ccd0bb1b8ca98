import { INKS, type Ink } from "./editor/inks.ts";

/** The ink in which a person writes: the same in every document and on every screen. The server says it, not the page. */
export function inkFor(personId: string): Ink {
  let sum = 0;
  for (const character of personId) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return INKS[sum % INKS.length] ?? INKS[0];
}
