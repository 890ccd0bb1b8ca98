/** What may be attached, by the ending of its name. */
export interface FileKind {
  mime: string;
  /** How its bytes begin or are built: what must be found inside a file of this name. */
  body: "word" | "slides" | "sheet" | "compound" | "pdf" | "png" | "jpeg" | "webp" | "gif" | "mp3" | "mp4" | "m4a";
}

const WORDPROCESSING = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/** WPS's own endings (wps, dps, et) are common in schools and are built like the old Office formats. */
export const FILE_KINDS: Readonly<Record<string, FileKind>> = {
  docx: { mime: WORDPROCESSING, body: "word" },
  pptx: { mime: "application/vnd.openxmlformats-officedocument.presentationml.presentation", body: "slides" },
  xlsx: { mime: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", body: "sheet" },
  doc: { mime: "application/msword", body: "compound" },
  ppt: { mime: "application/vnd.ms-powerpoint", body: "compound" },
  xls: { mime: "application/vnd.ms-excel", body: "compound" },
  wps: { mime: "application/vnd.ms-works", body: "compound" },
  dps: { mime: "application/vnd.ms-powerpoint", body: "compound" },
  et: { mime: "application/vnd.ms-excel", body: "compound" },
  pdf: { mime: "application/pdf", body: "pdf" },
  png: { mime: "image/png", body: "png" },
  jpg: { mime: "image/jpeg", body: "jpeg" },
  jpeg: { mime: "image/jpeg", body: "jpeg" },
  webp: { mime: "image/webp", body: "webp" },
  gif: { mime: "image/gif", body: "gif" },
  mp3: { mime: "audio/mpeg", body: "mp3" },
  m4a: { mime: "audio/mp4", body: "m4a" },
  mp4: { mime: "video/mp4", body: "mp4" },
};

/** For the `accept` of a file field: the person's own dialogue then offers what can be taken. */
export const ACCEPTED = Object.keys(FILE_KINDS).map((ending) => `.${ending}`).join(",");

/** Pictures that we made ourselves by decoding and encoding, and so may be shown in the page. */
export function isPicture(mime: string): boolean {
  return /^image\/(png|jpeg|webp|gif)$/.test(mime);
}

/** The ending of a file's name in small letters, without the dot; empty when there is none. */
export function endingOf(name: string): string {
  return /\.([A-Za-z0-9]{1,10})$/.exec(name)?.[1]?.toLowerCase() ?? "";
}

const NAME_LIMIT = 180;

/**
 * A name that can be shown, stored and offered: no folders, no control characters, no marks that turn the direction of writing
 * (with which `gnp.exe` is made to look like `exe.png`), and of bearable length with its ending kept.
 */
export function cleanName(claimed: string): string {
  const last = claimed.normalize("NFC").split(/[/\\]/).at(-1) ?? "";
  const clean = last.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, "").replace(/[<>:"|?*]/g, "_").replace(/\s+/g, " ").trim().replace(/^\.+/, "");
  if (clean.length <= NAME_LIMIT) return clean;
  const ending = endingOf(clean);
  const dotted = ending ? `.${ending}` : "";
  return Array.from(clean).slice(0, NAME_LIMIT - dotted.length).join("").replace(/\.[^.]*$/, "") + dotted;
}
