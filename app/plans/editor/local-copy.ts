import { clearDocument, IndexeddbPersistence } from "y-indexeddb";
import * as Y from "yjs";
import { keptText } from "./section-health.ts";
import { BLOCK_END } from "./section-text.ts";

/**
 * The plan on this device, per person: on a shared computer the next one must neither see it nor send it as her own. And per epoch: after
 * a backup was restored, old copies must not flow back into the document.
 */
export function copyName(personId: string, docName: string, epoch: number): string {
  return `tongyan:${personId}:${docName}:${epoch}`;
}

export interface LocalCopy {
  /** Settles when what was kept is in the document; also when there is no storage, as in some private windows. */
  loaded: Promise<void>;
  close(): void;
  discard(): Promise<void>;
}

export function openLocalCopy(name: string, doc: Y.Doc): LocalCopy {
  const copy = typeof indexedDB === "undefined" ? null : new IndexeddbPersistence(name, doc);
  const broken = new Promise<void>((resolve) => setTimeout(resolve, 3_000));
  return {
    loaded: copy ? Promise.race([copy.whenSynced.then(() => undefined), broken]) : Promise.resolve(),
    close: () => void copy?.destroy(),
    discard: async () => {
      await copy?.destroy();
      await clearDocument(name);
    },
  };
}

/** The text of a copy from before the last change of epoch, or null; the copy itself is dropped. */
export async function takeOutdatedCopy(personId: string, docName: string, epoch: number, sections: readonly TitledKey[]): Promise<string | null> {
  const note = `tongyan-epoch:${personId}:${docName}`;
  const before = Number(localStorage.getItem(note) ?? epoch);
  localStorage.setItem(note, String(epoch));
  if (before === epoch) return null;
  const doc = new Y.Doc();
  const copy = openLocalCopy(copyName(personId, docName, before), doc);
  await copy.loaded;
  const text = readableText(doc, sections);
  await copy.discard();
  doc.destroy();
  return text;
}

export interface TitledKey {
  key: string;
  title: string;
}

/** All sections as plain text to keep, or null when there is none. */
export function readableText(doc: Y.Doc, sections: readonly TitledKey[]): string | null {
  const parts = sections.map(({ key, title }) => ({ title, text: plain(doc.get(key, Y.XmlText)) })).filter(({ text }) => text !== "");
  return parts.length === 0 ? null : parts.map(({ title, text }) => `${title}\n\n${text}`).join("\n\n\n");
}

function plain(root: Y.XmlText): string {
  return keptText(root).replaceAll(new RegExp(`${BLOCK_END}+`, "g"), "\n").trim();
}
