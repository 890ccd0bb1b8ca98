/** The four inks in which people write. A colour that a peer sends is looked up here and never used as it came. */
export const INKS = ["indigo", "pine", "amber", "cinnabar"] as const;
export type Ink = (typeof INKS)[number];

/** The CSS colour of an ink, of the first ink when the name is none. */
export function inkColour(ink: unknown): string {
  return `var(--${inkOf(ink)})`;
}

export function inkOf(ink: unknown): Ink {
  return INKS.find((known) => known === ink) ?? INKS[0];
}
