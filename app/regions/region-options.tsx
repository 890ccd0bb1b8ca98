import { byCity, type RegionChoice } from "./by-city.ts";

/** Regions for a choice: a province, then each city as a group of its own with its counties. */
export function RegionOptions({ regions }: { regions: readonly RegionChoice[] }) {
  return (
    <>
      {byCity(regions).map((group) => {
        const options = group.regions.map((region) => <option key={region.id} value={region.id}>{region.name}</option>);
        return group.city === null || group.regions.length === 1 ? options : <optgroup key={group.city} label={group.city}>{options}</optgroup>;
      })}
    </>
  );
}
