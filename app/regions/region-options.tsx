/** Regions for a choice, in the order of their codes: a province, its cities, each followed by its counties, set in by level. */
export function RegionOptions({ regions }: { regions: readonly { id: string; name: string; level: string }[] }) {
  return (
    <>
      {regions.map((region) => <option key={region.id} value={region.id}>{`${region.level === "county" ? "　　" : region.level === "city" ? "　" : ""}${region.name}`}</option>)}
    </>
  );
}
