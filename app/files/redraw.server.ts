import sharp from "sharp";
import { FileRefused } from "./refusals.ts";

/** Judged by the header, before a pixel is decoded: 50 million pixels are 200 MB in memory, a good camera's picture is half of that. */
const MAX_PIXELS = 50_000_000;
const MAX_SIDE = 20_000;
const SHOWN_SIDE = 2000;

// One picture at a time per worker thread, and none kept: memory stays with what is being drawn.
sharp.cache(false);
sharp.concurrency(1);

/**
 * Decodes a picture and draws it again, upright and at most 2000 pixels wide and high. Place, camera and whatever else
 * the file carried stay behind.
 *
 * @throws FileRefused `image_pixels` or `image_broken`
 */
export async function redraw(source: string | Uint8Array, body: "png" | "jpeg" | "webp" | "gif"): Promise<{ mime: string; redrawn: Uint8Array }> {
  try {
    const { width, height, pages = 1, pageHeight } = await sharp(source, { limitInputPixels: false }).metadata();
    const tall = pageHeight ?? height;
    if (width > MAX_SIDE || tall > MAX_SIDE || width * tall > MAX_PIXELS) throw new FileRefused("image_pixels");
    const animated = pages > 1 && width * tall * pages <= MAX_PIXELS;
    const drawing = sharp(source, { limitInputPixels: MAX_PIXELS, failOn: "error", animated })
      .rotate()
      .resize({ width: SHOWN_SIDE, height: SHOWN_SIDE, fit: "inside", withoutEnlargement: true })
      .timeout({ seconds: 20 });
    const redrawn = await (body === "jpeg" ? drawing.jpeg({ quality: 86, mozjpeg: true }) : body === "png" ? drawing.png() : body === "gif" ? drawing.gif() : drawing.webp({ quality: 86 })).toBuffer();
    return { mime: `image/${body}`, redrawn };
  } catch (error) {
    if (error instanceof FileRefused) throw error;
    throw new FileRefused("image_broken", { cause: error });
  }
}
