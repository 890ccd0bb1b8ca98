import { Form, Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Button, LinkButton } from "../ui/button.tsx";
import { useSay } from "../ui/say.ts";
import { Tag } from "../ui/tag.tsx";
import { sayWhen } from "../ui/when.tsx";
import { DEADLINE_STAGES } from "../preps/deadline-stages.ts";
import { leadingButton, offersCommon } from "./leading-button.ts";
import type { LessonShown } from "./lesson-shown.ts";
import { waitedFor } from "./waited-for.ts";

/** The one thing that comes next in a prep, what is missing before it, and who can do it. */
export function NextStep({ prep, publishes }: { prep: NonNullable<LessonShown["prep"]>; publishes: boolean }) {
  const { t, i18n } = useTranslation("preps");
  const { t: lessons } = useTranslation("lessons");
  const say = useSay();
  const deadline = DEADLINE_STAGES[({ individual_draft: 0, discussion: 1, revision: 2, finalised: 3, taught: 4, reflecting: 4 } as Record<string, number>)[prep.state] ?? -1];
  const at = deadline && prep.deadlines[deadline];
  const ready = prep.missing.length === 0 && prep.forward !== null;
  return (
    <section className="card mt-6 grid gap-4 border-l-[3px] border-l-cinnabar" aria-label={lessons("one.next")}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Tag tone="now">{t(`state.${prep.state}`)}</Tag>
        {prep.iteration > 1 && <Tag>{lessons("one.round", { n: prep.iteration })}</Tag>}
        {at && deadline && <span className="text-small text-ink-2">{lessons("one.due", { stage: t(`deadline.${deadline}`), at: sayWhen(at, i18n.language) })}</span>}
      </div>
      {prep.notes && prep.notes.due > 0 && <p className="text-ink-2">{lessons("one.notes", prep.notes)}。{lessons("one.blind")}</p>}
      {prep.missing.length > 0 ? (
        <div>
          <h2>{lessons("one.missing")}</h2>
          <ul className="mt-1 grid gap-1">
            {prep.missing.map((one) => <li key={one.key} className="flex gap-2"><span aria-hidden="true" className="text-ink-3">○</span><span>{say(one.key, one.params)}</span></li>)}
          </ul>
        </div>
      ) : ready && prep.may.includes("move") && <p className="text-pine">{lessons("one.nothingMissing")}</p>}
      <Ahead prep={prep} ready={ready} />
      <Act prep={prep} publishes={publishes} />
      {prep.moves.some((move) => move.kind !== "forward") && (
        <p className="flex flex-wrap gap-4 text-small">
          {prep.moves.filter((move) => move.kind !== "forward").map((move) => <Link key={move.to} to={`/preps/${prep.id}/move?to=${move.to}`}>{move.kind === "round" ? t("move.roundTo") : t(`move.backTo.${move.to as "discussion"}`)}</Link>)}
        </p>
      )}
    </section>
  );
}

/** For everybody, also who has nothing to do: who is waited for, and what comes after. */
function Ahead({ prep, ready }: { prep: NonNullable<LessonShown["prep"]>; ready: boolean }) {
  const { t } = useTranslation("lessons");
  const waited = waitedFor(prep);
  const who = waited.map((one) => (one.kind === "person" ? one.name : t(`one.who.${one.kind}`))).join(t("one.who.and"));
  return (
    <div className="grid gap-1 text-ink-2">
      {who && !(ready && prep.may.includes("move")) && <p>{t("one.waitsFor", { who })}</p>}
      <p>{t(`one.after.${prep.state}`)}</p>
    </div>
  );
}

/** What this person can do now: at most one button is filled. */
function Act({ prep, publishes }: { prep: NonNullable<LessonShown["prep"]>; publishes: boolean }) {
  const { t } = useTranslation("preps");
  const { t: lessons } = useTranslation("lessons");
  if (prep.may.includes("answer")) return <div><LinkButton to={`/preps/${prep.id}/answer`} weight="go">{t("answer.accept")}…</LinkButton></div>;
  const leading = leadingButton(prep, publishes);
  const weight = (button: typeof leading) => (button === leading ? "go" : "plain");
  const buttons = [];
  if (offersCommon(prep)) buttons.push(<LinkButton key="common" to={`/plans/${prep.writeCommon}`} weight={weight("common")}>{lessons("one.writeCommon")}</LinkButton>);
  if (prep.myNote) buttons.push(<LinkButton key="draft" to={`/plans/${prep.myNote.planId}`} weight={weight("draft")}>{lessons("one.mine")} · {lessons(`one.state.${prep.myNote.state}`)}</LinkButton>);
  if (prep.myNote?.state === "draft" && prep.may.includes("submit")) {
    buttons.push(<LinkButton key="submit" to={`/preps/${prep.id}/submit-note`}>{t("submit.go")}</LinkButton>);
    buttons.push(<LinkButton key="bring" to={`/preps/${prep.id}/bring`} weight="quiet">{t("bring.title")}</LinkButton>);
  }
  if (prep.may.includes("confirm") && !prep.iConfirmed) buttons.push(<Form key="confirm" method="post" action={`/preps/${prep.id}/confirm`}><Button weight={weight("confirm")}>{t("confirm.go")}</Button></Form>);
  if (prep.state === "revision" && prep.iConfirmed) buttons.push(<Tag key="confirmed" tone="done">{t("confirm.done")}</Tag>);
  if (prep.forward && prep.may.includes("move")) buttons.push(<LinkButton key="move" to={`/preps/${prep.id}/move?to=${prep.forward}`} weight={weight("move")}>{t(`move.to.${prep.forward as "discussion"}`)}</LinkButton>);
  return buttons.length > 0 ? <div className="flex flex-wrap items-center gap-3">{buttons}</div> : null;
}
