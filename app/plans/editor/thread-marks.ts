/** The page's highlights of one kind, joined from all its sections: the registry knows one set of ranges per name. */
const sets = new Map<string, Map<object, readonly Range[]>>();

export const marksAreNative = typeof Highlight !== "undefined" && typeof CSS !== "undefined" && "highlights" in CSS;

/** Marks these ranges on behalf of an owner, in place of those that it marked before. */
export function mark(name: string, owner: object, ranges: readonly Range[]): void {
  const owners = sets.get(name) ?? new Map<object, readonly Range[]>();
  sets.set(name, owners);
  if (ranges.length === 0) owners.delete(owner);
  else owners.set(owner, ranges);
  if (marksAreNative) CSS.highlights.set(name, new Highlight(...[...owners.values()].flat()));
}
