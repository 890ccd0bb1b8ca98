import type { Viewer } from "#db/viewer.ts";
import { holds } from "../people/standing.ts";

/** What is done on a region's own page. */
export type RegionAct = "administer" | "editSchools" | "importSchools";

export function canOnRegion(viewer: Viewer, act: RegionAct, region: { path: readonly string[] }): boolean {
  const administers = holds(viewer, "region_admin", { regionPath: region.path });
  switch (act) {
    case "administer":
      return administers;
    case "editSchools":
    case "importSchools":
      return administers;
  }
}
