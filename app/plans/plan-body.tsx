import { Fragment, type ReactNode, useRef } from "react";
import { useStopWhenWide } from "../ui/sideways.ts";
import { Picture } from "./picture.tsx";
import "./plan-text.css";
import { isSafeLink } from "./safe-link.ts";

/** One section to read: what the editor keeps as JSON, as plain elements. Unknown nodes show their text; nothing in it can run. */
export function PlanBody({ nodes }: { nodes: readonly unknown[] }) {
  return <div className="plan-text">{all(nodes)}</div>;
}

type Node = Record<string, unknown>;

const BOLD = 1;
const ITALIC = 2;
const STRIKE = 4;
const UNDERLINE = 8;
const SUBSCRIPT = 32;
const SUPERSCRIPT = 64;

function all(nodes: unknown): ReactNode {
  if (!Array.isArray(nodes)) return null;
  return nodes.filter(isNode).map((node, i) => <Fragment key={i}>{one(node)}</Fragment>);
}

function one(node: Node): ReactNode {
  switch (node.type) {
    case "text":
    case "tab":
      return text(String(node.text ?? ""), Number(node.format ?? 0));
    case "linebreak":
      return <br />;
    case "heading":
      return node.tag === "h1" || node.tag === "h2" || node.tag === "h3" ? <h3>{all(node.children)}</h3> : <h4>{all(node.children)}</h4>;
    case "quote":
      return <blockquote>{all(node.children)}</blockquote>;
    case "list":
      return node.listType === "number" ? <ol {...(Number(node.start ?? 1) === 1 ? {} : { start: Number(node.start) })}>{all(node.children)}</ol> : <ul>{all(node.children)}</ul>;
    case "listitem":
      return <li className={holdsList(node) ? "plan-nested-item" : undefined}>{all(node.children)}</li>;
    case "table":
      return <Table>{rows(node.children)}</Table>;
    case "tablerow":
      return <tr>{all(node.children)}</tr>;
    case "tablecell":
      return cell(node);
    case "link":
    case "autolink":
      return link(String(node.url ?? ""), all(node.children));
    case "image":
      return image(node);
    case "paragraph":
      return <p>{isEmpty(node.children) ? <br /> : all(node.children)}</p>;
    default:
      return Array.isArray(node.children) ? <p>{all(node.children)}</p> : String(node.text ?? "");
  }
}

function Table({ children }: { children: ReactNode }) {
  const region = useRef<HTMLDivElement>(null);
  return <div ref={region} tabIndex={useStopWhenWide(region)} className="plan-table-scroll"><table className="plan-table">{children}</table></div>;
}

function text(words: string, format: number): ReactNode {
  let shown: ReactNode = words;
  if (format & BOLD) shown = <strong>{shown}</strong>;
  if (format & ITALIC) shown = <em>{shown}</em>;
  if (format & UNDERLINE) shown = <u>{shown}</u>;
  if (format & STRIKE) shown = <s>{shown}</s>;
  if (format & SUBSCRIPT) shown = <sub>{shown}</sub>;
  if (format & SUPERSCRIPT) shown = <sup>{shown}</sup>;
  return shown;
}

/** A first row of names is the table's head: on paper it is repeated at the top of each page. */
function rows(children: unknown): ReactNode {
  const [first, ...others] = Array.isArray(children) ? children.filter(isNode) : [];
  const names = Array.isArray(first?.children) ? first.children.filter(isNode) : [];
  const isHead = others.length > 0 && names.length > 0 && names.every((name) => Number(name.headerState ?? 0) > 0 && Number(name.rowSpan ?? 1) === 1);
  return isHead ? <><thead>{all([first])}</thead><tbody>{all(others)}</tbody></> : <tbody>{all(children)}</tbody>;
}

function cell(node: Node): ReactNode {
  const span = { ...spanned("colSpan", node), ...spanned("rowSpan", node) };
  const inside = all(node.children);
  return Number(node.headerState ?? 0) > 0 ? <th {...span}>{inside}</th> : <td {...span}>{inside}</td>;
}

function spanned(name: "colSpan" | "rowSpan", node: Node): { [span: string]: number } {
  const over = Number(node[name] ?? 1);
  return over > 1 ? { [name]: over } : {};
}

function link(url: string, inside: ReactNode): ReactNode {
  return isSafeLink(url) ? <a href={url} rel="noopener noreferrer nofollow" target="_blank">{inside}</a> : inside;
}

function image({ attachmentId, alt, width }: Node): ReactNode {
  if (typeof attachmentId !== "string" || attachmentId === "") return null;
  return <figure><Picture attachmentId={attachmentId} alt={String(alt ?? "")} {...(typeof width === "number" ? { width } : {})} /></figure>;
}

function isEmpty(children: unknown): boolean {
  return !Array.isArray(children) || children.length === 0;
}

function holdsList(node: Node): boolean {
  return Array.isArray(node.children) && node.children.length > 0 && node.children.every((child) => isNode(child) && child.type === "list");
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null;
}
