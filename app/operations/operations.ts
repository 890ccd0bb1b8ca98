/** One part of the installation, as it is now. */
export interface Part {
  name: "database" | "search" | "live" | "processes" | "files" | "scanner";
  /** People can work, perhaps without this part. */
  ready: boolean;
  /** What is wrong with it, in the part's own words. */
  reason?: string;
}

/** What this process knows of the installation; `server/operations.ts` keeps the promise. */
export interface Operations {
  parts(): Promise<Part[]>;
  /** Bytes on the disk under the data folder; null where the system does not say. */
  disk(): Promise<{ free: number; whole: number } | null>;
  /** What runs: the product, Node and the database. */
  versions: { app: string; node: string; database: string };
}
