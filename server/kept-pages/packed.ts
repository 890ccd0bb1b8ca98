import { promisify } from "node:util";
import { brotliCompress, brotliDecompress, constants, gzip } from "node:zlib";

export type Encoding = "br" | "gzip" | "identity";

/** A body in the form that takes the least room, so that a few thousand pages can be kept; any other is made of it for whoever asks. */
export class Packed {
  readonly #brotli: Buffer;
  #gzip: Promise<Buffer> | undefined;
  /** Of the forms that are kept. */
  bytes: number;

  private constructor(brotli: Buffer) {
    this.#brotli = brotli;
    this.bytes = brotli.byteLength;
  }

  static async of(bytes: Buffer): Promise<Packed> {
    return new Packed(await promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }));
  }

  async as(encoding: Encoding): Promise<Buffer> {
    switch (encoding) {
      case "br":
        return this.#brotli;
      case "gzip":
        return (this.#gzip ??= this.#gzipped());
      case "identity":
        return this.#unpacked();
    }
  }

  /** What every browser takes that comes by `http:`. */
  async #gzipped(): Promise<Buffer> {
    const bytes = await promisify(gzip)(await this.#unpacked());
    this.bytes += bytes.byteLength;
    return bytes;
  }

  #unpacked(): Promise<Buffer> {
    return promisify(brotliDecompress)(this.#brotli);
  }
}
