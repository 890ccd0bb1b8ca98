import { promisify } from "node:util";
import { brotliCompress, brotliDecompress, constants, gzip } from "node:zlib";

export type Encoding = "br" | "gzip" | "identity";

/** A body in the form that takes the least room, so that a few thousand pages can be kept; any other is made of it for whoever asks. */
export class Packed {
  readonly #brotli: Buffer;
  #gzip: Promise<Buffer> | undefined;

  private constructor(brotli: Buffer) {
    this.#brotli = brotli;
  }

  static async of(bytes: Buffer): Promise<Packed> {
    return new Packed(await promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }));
  }

  /** Of the form that is always kept. */
  get bytes(): number {
    return this.#brotli.byteLength;
  }

  async as(encoding: Encoding): Promise<Buffer> {
    switch (encoding) {
      case "br":
        return this.#brotli;
      case "gzip":
        return (this.#gzip ??= this.#unpacked().then((bytes) => promisify(gzip)(bytes)));
      case "identity":
        return this.#unpacked();
    }
  }

  #unpacked(): Promise<Buffer> {
    return promisify(brotliDecompress)(this.#brotli);
  }
}
