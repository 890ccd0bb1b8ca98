const DROPPED = "style, script, meta, link, title, xml, img, svg, object, iframe, form, input, button, video, audio";
const KEPT_ATTRIBUTES: Record<string, readonly string[]> = { A: ["href"], TD: ["colspan", "rowspan"], TH: ["colspan", "rowspan"], OL: ["start"] };

/** What Word, WPS and web pages put on the clipboard, with its structure (headings, lists, tables, bold) and without its looks. Changes the document. */
export function cleanPasted(pasted: Document): void {
  for (const element of pasted.querySelectorAll(DROPPED)) element.remove();
  for (const element of pasted.body.querySelectorAll("*")) if (element.tagName.includes(":")) element.replaceWith(...element.childNodes);
  wordLists(pasted);
  for (const element of pasted.body.querySelectorAll("span, font, p, div, b, strong")) keepEmphasis(element, pasted);
  for (const element of pasted.body.querySelectorAll("*")) stripAttributes(element);
  for (const heading of pasted.body.querySelectorAll("h1, h2, h4, h5, h6")) rename(heading, "h3", pasted);
}

/** Word writes list items as paragraphs with the mark as text in a part that says "Ignore". */
function wordLists(pasted: Document): void {
  let list: Element | null = null;
  let last: Element | null = null;
  for (const paragraph of pasted.body.querySelectorAll<HTMLElement>("p")) {
    const style = paragraph.getAttribute("style") ?? "";
    if (!/mso-list:\s*l\d/i.test(style)) continue;
    const mark = [...paragraph.querySelectorAll("span")].find((span) => /mso-list:\s*Ignore/i.test(span.getAttribute("style") ?? ""));
    const numbered = /^\s*[((]?[\dA-Za-z一二三四五六七八九十]+[.)、)]/.test(mark?.textContent ?? "");
    mark?.remove();
    if (!list || last !== paragraph.previousElementSibling || list.tagName !== (numbered ? "OL" : "UL")) {
      list = pasted.createElement(numbered ? "ol" : "ul");
      paragraph.before(list);
    }
    const item = pasted.createElement("li");
    item.append(...paragraph.childNodes);
    list.append(item);
    paragraph.remove();
    last = list;
  }
}

/** WPS and web pages say bold by style; only the emphasis is taken from it. */
function keepEmphasis(element: Element, pasted: Document): void {
  const says = (property: string, value: RegExp) => value.test(new RegExp(`(?:^|;)\\s*${property}\\s*:([^;]*)`, "i").exec(element.getAttribute("style") ?? "")?.[1] ?? "");
  const isWrapper = says("font-weight", /normal|400/i) && /^(B|STRONG)$/.test(element.tagName);
  const decorated = (line: RegExp) => says("text-decoration", line) || says("text-decoration-line", line);
  const marks = [says("font-weight", /bold|[6-9]00/i) && "strong", says("font-style", /italic/i) && "em", decorated(/underline/i) && "u", decorated(/line-through/i) && "s"].filter((mark) => mark !== false);
  for (const mark of marks) {
    const wrap = pasted.createElement(mark);
    wrap.append(...element.childNodes);
    element.append(wrap);
  }
  // Google's documents wrap everything in a bold that says it is none.
  if (isWrapper) element.replaceWith(...element.childNodes);
}

function stripAttributes(element: Element): void {
  const kept = KEPT_ATTRIBUTES[element.tagName] ?? [];
  for (const { name } of [...element.attributes]) if (!kept.includes(name)) element.removeAttribute(name);
}

function rename(element: Element, tag: string, pasted: Document): void {
  const renamed = pasted.createElement(tag);
  renamed.append(...element.childNodes);
  element.replaceWith(renamed);
}
