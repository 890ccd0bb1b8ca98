/** How a browser is told to show or save an answer, RFC 6266 with the name of RFC 5987: Chinese names arrive as they are, and old programs get something they can write. */
export function disposition(how: "inline" | "attachment", name: string): string {
  const whole = name.toWellFormed();
  const plain = whole.replace(/[^\x20-\x7e]/g, "_").replace(/["\\%]/g, "_");
  const encoded = encodeURIComponent(whole).replace(/['()*!]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${how}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

/** A title as the name of a file: without what no system allows in one, or what would show its ending in another place. */
export function fileName(title: string): string {
  return Array.from(title.replace(/[\\/:*?"<>|\p{Cc}\p{Cf}]/gu, " ")).slice(0, 80).join("").trim();
}
