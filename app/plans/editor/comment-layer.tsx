import { useLexicalComposerContext } from "@lexical/react/LexicalComposerContext";
import { useEffect, useRef, useState } from "react";
import { rangeOf, type CommentAnchor } from "./comment-anchor.ts";
import type { SectionBinding } from "./held-binding.ts";
import { mark, marksAreNative } from "./thread-marks.ts";

export interface EditorThread extends CommentAnchor {
  id: string;
  resolved: boolean;
}

/** Where a thread's words are: `top` in CSS pixels from the top of the page; gone: they have been deleted, the quote remains. */
export interface PlacedThread {
  gone: boolean;
  top: number;
}

interface CommentLayerProps {
  binding: SectionBinding;
  /** Those of this section. */
  threads: readonly EditorThread[];
  selected: string | null;
  goTo?: { threadId: string } | null | undefined;
  onSelect?: ((threadId: string) => void) | undefined;
  onPlaced?: ((placed: ReadonlyMap<string, PlacedThread>) => void) | undefined;
}

/** Threads drawn over the text, never in it: who may not write can comment, and the text keeps no trace of the talk. */
export function CommentLayer({ binding, threads, selected, goTo, onSelect, onPlaced }: CommentLayerProps) {
  const [editor] = useLexicalComposerContext();
  const [boxes, setBoxes] = useState<DOMRect[]>([]);
  const layer = useRef<HTMLDivElement>(null);
  const gone = useRef<object | null>(null);

  useEffect(() => {
    const owner = {};
    const ranges = new Map<string, Range>();
    let frame = 0;
    const draw = () => {
      frame = 0;
      const placed = new Map<string, PlacedThread>();
      ranges.clear();
      for (const thread of threads) {
        const range = rangeOf(editor, binding, thread);
        if (range) ranges.set(thread.id, range);
        placed.set(thread.id, { gone: !range, top: window.scrollY + ((range ?? editor.getRootElement())?.getBoundingClientRect().top ?? 0) });
      }
      const open = threads.filter(({ id, resolved }) => !resolved && id !== selected).flatMap(({ id }) => ranges.get(id) ?? []);
      const chosen = selected === null ? undefined : ranges.get(selected);
      mark("plan-thread", owner, open);
      mark("plan-thread-selected", owner, chosen ? [chosen] : []);
      if (!marksAreNative) setBoxes([...open, ...(chosen ? [chosen] : [])].flatMap((range) => [...range.getClientRects()]));
      onPlaced?.(placed);
      const wanted = goTo && gone.current !== goTo ? ranges.get(goTo.threadId) : undefined;
      if (!wanted || !goTo) return;
      gone.current = goTo;
      wanted.startContainer.parentElement?.scrollIntoView({ block: "center" });
    };
    const soon = () => {
      frame ||= requestAnimationFrame(draw);
    };
    const clicked = ({ clientX, clientY }: MouseEvent) => {
      if (window.getSelection()?.isCollapsed === false) return;
      const hit = threads.filter(({ resolved }) => !resolved).find(({ id }) => holds(ranges.get(id), clientX, clientY));
      if (hit) onSelect?.(hit.id);
    };
    const stop = editor.registerUpdateListener(({ dirtyElements, dirtyLeaves }) => {
      if (dirtyElements.size > 0 || dirtyLeaves.size > 0) soon();
    });
    const stopRoot = editor.registerRootListener((root, before) => {
      before?.removeEventListener("click", clicked);
      root?.addEventListener("click", clicked);
    });
    soon();
    return () => {
      cancelAnimationFrame(frame);
      stop();
      stopRoot();
      mark("plan-thread", owner, []);
      mark("plan-thread-selected", owner, []);
    };
  }, [editor, binding, threads, selected, goTo, onSelect, onPlaced]);

  if (marksAreNative) return null;
  const origin = layer.current?.getBoundingClientRect();
  return (
    <div className="plan-thread-layer" ref={layer} aria-hidden>
      {boxes.map((box, i) => (
        <span key={i} style={{ left: box.left - (origin?.left ?? 0), top: box.top - (origin?.top ?? 0), width: box.width, height: box.height }} />
      ))}
    </div>
  );
}

function holds(range: Range | undefined, x: number, y: number): boolean {
  return [...(range?.getClientRects() ?? [])].some(({ left, right, top, bottom }) => x >= left && x <= right && y >= top && y <= bottom);
}
