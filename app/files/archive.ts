/** A zip archive that was looked over and may be read. Names are as in its directory, `/` between folders. */
export interface Archive {
  names: readonly string[];
  /** The bytes of one entry, or undefined when there is none of that name. */
  read(name: string): Promise<Uint8Array | undefined>;
}
