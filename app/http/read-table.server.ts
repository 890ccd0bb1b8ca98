import { formOf } from "./form.server.ts";
import type { Problems } from "./problems.ts";
import { readMultipart, type Sent } from "./read-multipart.server.ts";

const MEGABYTES_2 = 2 * 1024 * 1024;

/** The table that somebody pasted, or the text of the file that they chose; of a file that is no text, or too large, why not. */
export async function readTable(request: Request): Promise<{ text: string; pasted: string } | { problems: Problems; pasted: string }> {
  const sent: Sent | "too_large" = request.headers.get("content-type")?.startsWith("multipart/form-data") ? await readMultipart(request, MEGABYTES_2) : { fields: { text: String((await formOf(request)).get("text") ?? "") } };
  if (sent === "too_large") return { problems: { file: { key: "regions:import.fileBig" } }, pasted: "" };
  const typed = sent.fields.text ?? "";
  if (sent.file && sent.file.bytes.byteLength > 0) {
    const text = utf8(sent.file.bytes);
    return text === undefined ? { problems: { file: { key: "regions:import.fileUnread" } }, pasted: typed } : { text, pasted: typed };
  }
  if (typed.length > MEGABYTES_2) return { problems: { text: { key: "regions:import.fileBig" } }, pasted: "" };
  return typed.trim() === "" ? { problems: { text: { key: "regions:import.empty" } }, pasted: typed } : { text: typed, pasted: typed };
}

/** Tables from offices often come in GB 18030; half-read names would be worse than none. */
function utf8(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return text.includes("\0") ? undefined : text;
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
