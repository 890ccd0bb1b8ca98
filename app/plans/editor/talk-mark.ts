interface ThreadSaid {
  id: string;
  state: string;
  comments: readonly unknown[];
}

/** The talk in a margin as one short text, which is another one when anything in it is. */
export function talkOf(threads: readonly ThreadSaid[]): string {
  let mark = 0x811c9dc5; // FNV-1a, 32 bits
  for (const letter of threads.map(({ id, state, comments }) => `${id}${state}${comments.length}`).join()) mark = Math.imul(mark ^ letter.charCodeAt(0), 0x01000193) >>> 0;
  return mark.toString(36);
}
