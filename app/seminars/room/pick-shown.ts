import type { Face } from "./use-live.ts";

/** How many are seen at once: more would cost the line more than they give. */
const SEEN = 7;

export type Shown = Face & { screenShown: boolean };

/**
 * Who is seen, the large one first: shared screens, whoever hosts, those with a picture, those with a microphone, oneself. Speaking moves nobody who is
 * seen, or the faces would jump; whoever speaks and is not seen takes the last place, and oneself is always among them.
 */
export function pickShown(faces: readonly Face[], hostId: string): Shown[] {
  const screens = faces.filter((one) => one.screen).map((one) => ({ ...one, screenShown: true }));
  const rank = (one: Face) => (one.id === hostId ? 0 : one.camera ? 1 : one.microphone ? 2 : one.mine ? 3 : 4);
  const sorted = [...faces].sort((a, b) => rank(a) - rank(b));
  const seen = sorted.slice(0, SEEN);
  const called = [sorted.find((one) => one.speaking && !seen.includes(one)), sorted.find((one) => one.mine && !seen.includes(one))].filter((one) => one !== undefined);
  if (called.length > 0) seen.splice(SEEN - called.length, called.length, ...called);
  return [...screens, ...seen.map((one) => ({ ...one, screenShown: false }))];
}
