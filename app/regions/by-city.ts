export interface RegionChoice {
  id: string;
  name: string;
  level: string;
}

export interface RegionGroup {
  /** The city that the group is named after; null for what stands outside of one: a province, a county offered without its city. */
  city: string | null;
  /** The city itself first, then its counties. */
  regions: RegionChoice[];
}

/** Regions in the order of their codes, parted by city, so that a county is looked for in its city and not among ninety. */
export function byCity(regions: readonly RegionChoice[]): RegionGroup[] {
  const groups: RegionGroup[] = [];
  for (const region of regions) {
    const last = groups.at(-1);
    if (region.level === "city") groups.push({ city: region.name, regions: [region] });
    else if (last && (region.level === "county" || last.city === null)) last.regions.push(region);
    else groups.push({ city: null, regions: [region] });
  }
  return groups;
}
