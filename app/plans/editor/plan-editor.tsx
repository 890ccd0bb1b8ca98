import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CommentAnchor } from "./comment-anchor.ts";
import type { EditorThread, PlacedThread } from "./comment-layer.tsx";
import "./editor.css";
import type { Ink } from "./inks.ts";
import { PlanSheet } from "./plan-sheet.tsx";
import { type ReadSection, SectionReading } from "./section-reading.tsx";

export interface PlanEditorProps {
  /** Name of the document on the collaboration socket. */
  docName: string;
  epoch: number;
  /** Where it is opened again, and what it is called there. */
  page?: { href: string; title: string };
  me: { personId: string; name: string; ink: Ink };
  /** In their order, with what each held when the page was made: that is read until the editor is ready. */
  sections: readonly ReadSection[];
  mayEdit: boolean;
  mayComment: boolean;
  threads: readonly EditorThread[];
  selectedThread: string | null;
  onCreateThread?: (anchor: CommentAnchor) => void;
  onSelectThread?: (threadId: string) => void;
  /** Brings the words of a thread into view, each time that another object is given. */
  goTo?: { threadId: string } | null;
  /** The talk that this page shows (`talkOf`), and what to do when somebody's page shows another. */
  talk?: string;
  onTalkNews?: () => void;
  /** How much is written in each section, as one writes. */
  onLengths?: (lengths: Record<string, number>) => void;
  /** Where the threads' words are now, as often as that changes: to lay out the margin. */
  onThreadsPlaced?: (section: string, placed: ReadonlyMap<string, PlacedThread>) => void;
  /** Sends a picture to the plan's attachments; throws an Error whose message can be read to the person. */
  uploadImage?: (file: File) => Promise<{ attachmentId: string }>;
  /** The head of the sheet: title, teacher, class, date. */
  head?: ReactNode;
}

const PlanDesk = lazy(() => import("./plan-desk.client.tsx"));

/** A plan as one sheet, readable at once on the server and without script; the editor comes after, and takes the text's place. */
export function PlanEditor(props: PlanEditorProps) {
  const { t } = useTranslation("editor");
  const [isPage, setIsPage] = useState(false);
  useEffect(() => setIsPage(true), []);
  // On a slow line the editor comes seconds after the text: whoever wants to write is told that it is on its way.
  const bar = isPage && (props.mayEdit || props.mayComment) && <span role="status">{t("status.connecting")}</span>;
  const reading = <PlanSheet head={props.head} bar={bar} sections={props.sections} body={(section) => <SectionReading section={section} />} />;
  return isPage ? <Suspense fallback={reading}><PlanDesk {...props} /></Suspense> : reading;
}
