import { useLexicalComposerContext } from "@lexical/react/LexicalComposerContext";
import { useMemo, useRef } from "react";
import { anchorFromSelection, type CommentAnchor } from "./comment-anchor.ts";
import { FloatingTools } from "./floating-tools.tsx";
import type { SectionBinding } from "./held-binding.ts";
import { ImageUploads } from "./image-uploads.tsx";
import { InsertMenu } from "./insert-menu.tsx";
import { useCleanPaste } from "./paste.ts";
import { PhoneBar } from "./phone-bar.tsx";
import { useShortcuts } from "./shortcuts.ts";
import { TableMenu } from "./table-menu.tsx";
import type { ToolActs } from "./text-tools.ts";

interface SectionToolsProps {
  binding: SectionBinding;
  section: string;
  writes: boolean;
  uploadImage: ((file: File) => Promise<{ attachmentId: string }>) | undefined;
  onComment: ((anchor: CommentAnchor) => void) | undefined;
}

/** What one can do in a section besides typing. The tools are there when they are of use, and gone otherwise. */
export function SectionTools({ binding, section, writes, uploadImage, onComment }: SectionToolsProps) {
  const [editor] = useLexicalComposerContext();
  const picker = useRef<HTMLInputElement>(null);
  useCleanPaste(editor);
  useShortcuts(editor);
  const acts = useMemo<ToolActs>(() => ({
    pickImage: writes && uploadImage ? () => picker.current?.click() : undefined,
    comment: onComment && (() => {
      const anchor = anchorFromSelection(editor, binding, section);
      if (anchor) onComment(anchor);
    }),
  }), [editor, binding, section, writes, uploadImage, onComment]);
  return (
    <>
      <FloatingTools acts={acts} writes={writes} />
      {writes && <InsertMenu acts={acts} />}
      {writes && <TableMenu />}
      {writes && <PhoneBar acts={acts} />}
      {writes && uploadImage && <ImageUploads picker={picker} upload={uploadImage} />}
    </>
  );
}
