/** What the editor keeps with each node, and nobody needs for reading: it would be half of what a plan's page sends. */
const FOR_THE_EDITOR = new Set(["detail", "mode", "style", "dir", "direction", "indent", "textFormat", "textStyle", "version"]);

/** A section's nodes as they are sent to be read: the same tree with nothing that `PlanBody` does not look at. */
export function nodesToRead(nodes: readonly unknown[]): unknown[] {
  return nodes.map((node) => (isObject(node) ? slim(node) : node));
}

function slim(node: Record<string, unknown>): Record<string, unknown> {
  const kept = Object.entries(node).filter(([key, value]) => !FOR_THE_EDITOR.has(key) && !(key === "format" && (value === 0 || value === "")));
  return Object.fromEntries(kept.map(([key, value]) => [key, key === "children" && Array.isArray(value) ? nodesToRead(value) : value]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
