import { crc32, deflateRawSync } from "node:zlib";

export interface RawEntry {
  name: string;
  bytes?: Uint8Array;
  /** What the directory says of it, where that is a lie. */
  claimedSize?: number;
  stored?: boolean;
}

/** A zip archive byte by byte: names and sizes may be whatever an attacker writes. */
export function rawZip(entries: readonly RawEntry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes = new Uint8Array(), claimedSize = bytes.byteLength, stored = false } of entries) {
    const packed = stored ? Buffer.from(bytes) : deflateRawSync(bytes);
    const encoded = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x0800, 2);
    common.writeUInt16LE(stored ? 0 : 8, 4);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.byteLength, 14);
    common.writeUInt32LE(claimedSize, 18);
    common.writeUInt16LE(encoded.byteLength, 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), common, encoded, packed]);
    const central = Buffer.concat([Buffer.from("PK\x01\x02", "latin1"), Buffer.from([20, 0]), common, Buffer.alloc(14), encoded]);
    central.writeUInt32LE(offset, 42);
    parts.push(local);
    directory.push(central);
    offset += local.byteLength;
  }
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.reduce((sum, one) => sum + one.byteLength, 0), 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...directory, end]);
}

const TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>';
export const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';

/** A Word file with this `document.xml`, and whatever else. */
export function rawWord(document: string | Uint8Array, more: readonly RawEntry[] = [], types = TYPES): Buffer {
  return rawZip([{ name: "[Content_Types].xml", bytes: Buffer.from(types) }, { name: "word/document.xml", bytes: Buffer.from(document) }, ...more]);
}

export function wordXml(body: string): string {
  return `<?xml version="1.0"?><w:document ${W}><w:body>${body}</w:body></w:document>`;
}
