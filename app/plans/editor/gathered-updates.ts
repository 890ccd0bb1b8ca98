import type { UpdateListenerPayload } from "lexical";

/** Local changes that the document has not heard of yet: where they began, and all that they touched. */
export interface GatheredUpdates {
  since: UpdateListenerPayload["prevEditorState"];
  elements: UpdateListenerPayload["dirtyElements"];
  leaves: UpdateListenerPayload["dirtyLeaves"];
  normalized: UpdateListenerPayload["normalizedNodes"];
}

/** Adds one more update to those gathered so far (none: null). */
export function gather(before: GatheredUpdates | null, update: UpdateListenerPayload): GatheredUpdates {
  const gathered = before ?? { since: update.prevEditorState, elements: new Map(), leaves: new Set(), normalized: new Set() };
  for (const [key, intended] of update.dirtyElements) gathered.elements.set(key, intended || gathered.elements.get(key) === true);
  for (const key of update.dirtyLeaves) gathered.leaves.add(key);
  for (const key of update.normalizedNodes) gathered.normalized.add(key);
  return gathered;
}
