import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { CommentLayer, type PlacedThread } from "./comment-layer.tsx";
import type { SectionBinding } from "./held-binding.ts";
import { usePeopleHere } from "./people-here.ts";
import { PlanDocument } from "./plan-document.ts";
import type { PlanEditorProps } from "./plan-editor.tsx";
import { PlanSheet } from "./plan-sheet.tsx";
import { Presence, WritersIn } from "./presence.tsx";
import { SaveState } from "./save-state.tsx";
import { SectionEditor } from "./section-editor.tsx";
import { useLengths } from "./section-lengths.ts";
import { SectionReading } from "./section-reading.tsx";
import { SectionTools } from "./section-tools.tsx";
import { useNearView } from "./near-view.ts";
import { useTalk } from "./talk.ts";

/** The live plan. Loaded after the page can be read. */
export default function PlanDesk(props: PlanEditorProps) {
  const plan = usePlan(props);
  return plan && <Desk {...props} plan={plan} />;
}

function Desk({ plan, ...props }: PlanEditorProps & { plan: PlanDocument }) {
  const here = usePeopleHere(plan.awareness, { personId: props.me.personId, writes: props.mayEdit });
  const ready = useSyncExternalStore(plan.subscribe, () => plan.state().ready);
  useTalk(plan.awareness, props.talk, props.onTalkNews);
  useLengths(plan, props.sections.map(({ key }) => key).join(), props.onLengths);
  return (
    <PlanSheet
      head={props.head}
      sections={props.sections}
      bar={<><Presence {...here} /><SaveState plan={plan} /></>}
      beside={(section) => <WritersIn section={section.key} people={here.people} />}
      body={(section) => (ready ? <LiveSection {...props} plan={plan} section={section} /> : <SectionReading section={section} />)}
    />
  );
}

type LiveSectionProps = PlanEditorProps & { plan: PlanDocument; section: PlanEditorProps["sections"][number] };

/** One section: text to read until its editor, made when it comes near the view, holds the same. */
function LiveSection({ plan, section, mayEdit, mayComment, threads, selectedThread, onCreateThread, onSelectThread, onThreadsPlaced, goTo, uploadImage }: LiveSectionProps) {
  const [near, place] = useNearView();
  const [bound, setBound] = useState(false);
  const writable = useSyncExternalStore(plan.subscribe, () => plan.state().writable);
  const mine = useMemo(() => threads.filter(({ sectionKey }) => sectionKey === section.key), [threads, section.key]);
  const placed = useCallback((at: ReadonlyMap<string, PlacedThread>) => onThreadsPlaced?.(section.key, at), [onThreadsPlaced, section.key]);
  const layers = (binding: SectionBinding | null) => (
    <>
      <Whether bound={binding !== null} tell={setBound} />
      {binding && <CommentLayer binding={binding} threads={mine} selected={selectedThread} goTo={goTo} onSelect={onSelectThread} onPlaced={placed} />}
      {binding && <SectionTools binding={binding} section={section.key} writes={mayEdit && writable} uploadImage={uploadImage} onComment={mayComment ? onCreateThread : undefined} />}
    </>
  );
  return (
    <div ref={place}>
      {!bound && <SectionReading section={section} />}
      {near && <div hidden={!bound}><SectionEditor plan={plan} section={section} writes={mayEdit && writable}>{layers}</SectionEditor></div>}
    </div>
  );
}

function Whether({ bound, tell }: { bound: boolean; tell: (bound: boolean) => void }) {
  useEffect(() => tell(bound), [bound, tell]);
  return null;
}

/** One document as long as the page is about the same plan, person and rights. */
function usePlan({ docName, epoch, me, sections, mayEdit, page }: PlanEditorProps): PlanDocument | null {
  const [plan, setPlan] = useState<PlanDocument | null>(null);
  const { personId, name, ink } = me;
  useEffect(() => {
    const opened = new PlanDocument({ name: docName, epoch, me: { personId, name, ink }, sections, writes: mayEdit, ...(page && { page }) });
    setPlan(opened);
    return () => {
      setPlan(null);
      opened.destroy();
    };
    // Titles only name what is downloaded or noted: new ones are no reason to open the plan again.
  }, [docName, epoch, personId, name, ink, mayEdit]);
  return plan;
}
