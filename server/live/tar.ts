const BLOCK = 512;

/** The bytes of one regular file of an unpacked tar, by its name without folders; nothing is written anywhere, so no path in it can do harm. */
export function fileOfTar(tar: Buffer, name: string): Buffer | undefined {
  for (let at = 0; at + BLOCK <= tar.length; ) {
    const header = tar.subarray(at, at + BLOCK);
    if (header.every((byte) => byte === 0)) return undefined;
    const path = textOf(header, 0, 100);
    const size = Number.parseInt(textOf(header, 124, 12).trim(), 8) || 0;
    const kind = textOf(header, 156, 1);
    const content = at + BLOCK;
    if ((kind === "0" || kind === "") && path.split("/").at(-1) === name) return content + size <= tar.length ? tar.subarray(content, content + size) : undefined;
    at = content + Math.ceil(size / BLOCK) * BLOCK;
  }
  return undefined;
}

function textOf(header: Buffer, from: number, length: number): string {
  const field = header.subarray(from, from + length);
  const end = field.indexOf(0);
  return field.subarray(0, end < 0 ? length : end).toString("latin1");
}
