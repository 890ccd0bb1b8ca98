/** One part of the installation, as it is now. */
export interface Part {
  name: "database" | "disk" | "search" | "live" | "processes" | "files" | "scanner";
  /** People can work, perhaps without this part. */
  ready: boolean;
  /** What is wrong with it, in the part's own words. */
  reason?: string;
}

/** Of a disk, in bytes. */
export interface Room {
  free: number;
  whole: number;
}

/** Less than 5 GB, or on a small disk less than a tenth: time to make room. */
export function isNearlyFull({ free, whole }: Room): boolean {
  return free < Math.min(5e9, whole / 10);
}

/** What this process knows of the installation; `server/operations.ts` keeps the promise. */
export interface Operations {
  parts(): Promise<Part[]>;
  /** Bytes on the disk under the data folder; null where the system does not say. */
  disk(): Promise<Room | null>;
  /** What runs: the product, Node and the database. */
  versions: { app: string; node: string; database: string };
}
