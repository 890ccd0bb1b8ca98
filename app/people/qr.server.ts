import qrcode from "qrcode-generator";

export interface Qr {
  /** Of one side, with the white margin. */
  size: number;
  /** The dark squares, as the path of an SVG. */
  path: string;
}

const MARGIN = 4;

/** A picture that a phone's camera reads as this text. */
export function qrOf(text: string): Qr {
  const code = qrcode(0, "M");
  code.addData(text, "Byte");
  code.make();
  const count = code.getModuleCount();
  const rows = Array.from({ length: count }, (_, y) => Array.from({ length: count }, (_, x) => (code.isDark(y, x) ? `M${x + MARGIN} ${y + MARGIN}h1v1h-1z` : "")).join(""));
  return { size: count + 2 * MARGIN, path: rows.join("") };
}
