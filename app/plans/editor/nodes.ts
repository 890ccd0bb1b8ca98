import { AutoLinkNode, LinkNode } from "@lexical/link";
import { ListItemNode, ListNode } from "@lexical/list";
import { HeadingNode, QuoteNode } from "@lexical/rich-text";
import { TableCellNode, TableNode, TableRowNode } from "@lexical/table";
import { type DOMConversionMap, DecoratorNode, type Klass, type LexicalNode, type NodeKey, type SerializedLexicalNode, type Spread } from "lexical";

export type SerializedImage = Spread<{ attachmentId: string; alt: string; width: number | null }, SerializedLexicalNode>;

/** Draws an image; the browser sets it before the first editor is made. The server has none, and never draws. */
let draw: (image: ImageNode) => unknown = () => null;

export function drawImagesWith(drawing: (image: ImageNode) => unknown): void {
  draw = drawing;
}

/** A picture between paragraphs: an attachment of the plan by its id, never an address. */
export class ImageNode extends DecoratorNode<unknown> {
  // Set in the constructor, all three: the binding learns from a bare `new ImageNode()` which properties there are to keep in step.
  __attachmentId: string;
  __alt: string;
  /** In CSS pixels; null: as wide as it is, at most the column. */
  __width: number | null;

  constructor(attachmentId = "", alt = "", width: number | null = null, key?: NodeKey) {
    super(key);
    this.__attachmentId = attachmentId;
    this.__alt = alt;
    this.__width = width;
  }

  static override getType(): string {
    return "image";
  }

  static override clone(node: ImageNode): ImageNode {
    return new ImageNode(node.__attachmentId, node.__alt, node.__width, node.__key);
  }

  static override importJSON(image: SerializedImage): ImageNode {
    return $createImageNode(image.attachmentId, image.alt, image.width).updateFromJSON(image);
  }

  /** Pasted `<img>` point at other people's servers: nothing is taken from them. Uploads make images. */
  static override importDOM(): DOMConversionMap | null {
    return null;
  }

  override exportJSON(): SerializedImage {
    return { ...super.exportJSON(), attachmentId: this.attachmentId, alt: this.alt, width: this.width };
  }

  get attachmentId(): string {
    return this.getLatest().__attachmentId;
  }

  get alt(): string {
    return this.getLatest().__alt;
  }

  get width(): number | null {
    return this.getLatest().__width;
  }

  describe(alt: string): void {
    this.getWritable().__alt = alt;
  }

  resize(width: number | null): void {
    this.getWritable().__width = width;
  }

  override getTextContent(): string {
    return this.alt;
  }

  override isInline(): false {
    return false;
  }

  override createDOM(): HTMLElement {
    return document.createElement("figure");
  }

  override updateDOM(): false {
    return false;
  }

  override decorate(): unknown {
    return draw(this);
  }
}

export function $createImageNode(attachmentId: string, alt = "", width: number | null = null): ImageNode {
  return new ImageNode(attachmentId, alt, width);
}

export function $isImageNode(node: LexicalNode | null | undefined): node is ImageNode {
  return node instanceof ImageNode;
}

/** What a section may hold besides paragraphs, text and line breaks. Browser and server use this one list: a type that one of them lacks would break the document for both. */
export const sectionNodes: readonly Klass<LexicalNode>[] = [HeadingNode, QuoteNode, ListNode, ListItemNode, TableNode, TableRowNode, TableCellNode, LinkNode, AutoLinkNode, ImageNode];
