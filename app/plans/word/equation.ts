import type { Xml } from "./xml.ts";
import { child, elementsOf, textOf } from "./xml.ts";

/** An equation as one line that can be read and typed: (a+b)/2, x^2, √(2). Every letter of the equation is in it. */
export function linear(math: Xml): string {
  return elementsOf(math).map(linearOf).join("");
}

function linearOf(xml: Xml): string {
  const part = (name: string) => {
    const found = child(xml, name);
    return found ? linear(found) : "";
  };
  const property = (holder: string, name: string) => child(child(xml, holder), name)?.attributes["m:val"];
  switch (xml.name) {
    case "m:t":
    case "w:t":
      return textOf(xml);
    case "m:f":
      return property("m:fPr", "m:type") === "noBar" ? `(${part("m:num")} ${part("m:den")})` : `${group(part("m:num"))}/${group(part("m:den"))}`;
    case "m:sSup":
      return `${group(part("m:e"))}^${group(part("m:sup"))}`;
    case "m:sSub":
      return `${part("m:e")}_${group(part("m:sub"))}`;
    case "m:sSubSup":
      return `${part("m:e")}_${group(part("m:sub"))}^${group(part("m:sup"))}`;
    case "m:sPre":
      return `_${group(part("m:sub"))}^${group(part("m:sup"))}${part("m:e")}`;
    case "m:rad":
      return `${part("m:deg")}√${group(part("m:e"), true)}`;
    case "m:nary": {
      const sub = part("m:sub");
      const sup = part("m:sup");
      return `${property("m:naryPr", "m:chr") ?? "∫"}${sub && `_${group(sub)}`}${sup && `^${group(sup)}`} ${part("m:e")}`;
    }
    case "m:d":
      return delimited(xml, property("m:dPr", "m:begChr") ?? "(", property("m:dPr", "m:sepChr") ?? "|", property("m:dPr", "m:endChr") ?? ")");
    case "m:func":
      return `${part("m:fName")} ${part("m:e")}`;
    case "m:limLow":
      return `${part("m:e")}_${group(part("m:lim"))}`;
    case "m:limUpp":
      return `${part("m:e")}^${group(part("m:lim"))}`;
    case "m:acc":
      return `${part("m:e")}${property("m:accPr", "m:chr") ?? "\u0302"}`;
    case "m:bar":
      return `${part("m:e")}\u0305`;
    case "m:eqArr":
      return elementsOf(xml).filter((row) => row.name === "m:e").map(linear).join("；");
    case "m:m":
      return `[${elementsOf(xml).filter((row) => row.name === "m:mr").map((row) => elementsOf(row).map(linear).join(", ")).join("; ")}]`;
    default:
      return xml.name.endsWith("Pr") ? "" : linear(xml);
  }
}

function delimited(xml: Xml, begin: string, separator: string, end: string): string {
  return begin + elementsOf(xml).filter((part) => part.name === "m:e").map(linear).join(separator) + end;
}

function group(words: string, always = false): string {
  return !always && /^([\p{L}\p{N}.%π]*|\(.*\))$/u.test(words) ? words : words.startsWith("(") && words.endsWith(")") ? words : `(${words})`;
}

/** Nobody typed more than this into one field. */
const LONGEST_FIELD = 1000;

/**
 * The fractions and roots of older Chinese documents: Word's EQ field, `EQ \f(3,4)` → 3/4, `\r(,2)` → √(2).
 * What it does not know stays as it was typed.
 */
export function linearField(instruction: string): string {
  let words = instruction.replace(/^\s*EQ\s*/i, "").trim();
  if (words.length > LONGEST_FIELD) return words;
  for (let before = ""; before !== words; ) {
    before = words;
    words = words
      .replace(/\\f\s*\(([^(),\\]*)[,;，]([^(),\\]*)\)/gi, (_, top: string, bottom: string) => `⟮${side(top)}/${side(bottom)}⟯`)
      .replace(/\\r\s*\(([^(),\\]*)[,;，]([^(),\\]*)\)/gi, (_, degree: string, under: string) => `⟮${degree.trim()}√⟮${under.trim()}⟯⟯`)
      .replace(/\\r\s*\(([^(),\\]*)\)/gi, (_, under: string) => `⟮√⟮${under.trim()}⟯⟯`)
      .replace(/\\s\\up\d*\s*\(([^(),\\]*)\)/gi, (_, above: string) => `^${side(above)}`)
      .replace(/\\s\\do\d*\s*\(([^(),\\]*)\)/gi, (_, below: string) => `_${side(below)}`);
  }
  return words.replace(/^⟮(.*)⟯$/s, (whole, inner: string) => (balanced(inner) ? inner : whole)).replaceAll("⟮", "(").replaceAll("⟯", ")");
}

function side(words: string): string {
  const bare = words.trim();
  return /^[\p{L}\p{N}.%π]*$/u.test(bare) || bare.startsWith("⟮") ? bare : `⟮${bare}⟯`;
}

/** Whether brackets taken off from both ends were a pair. */
function balanced(words: string): boolean {
  let depth = 0;
  for (const letter of words) {
    if (letter === "⟮") depth += 1;
    if (letter === "⟯") depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}
