import { type ReactNode, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useStopWhenWide } from "./sideways.ts";

export const CHAIN_LINKS = ["individual_draft", "discussion", "finalised", "taught", "reflection", "published"] as const;
export type ChainLink = (typeof CHAIN_LINKS)[number];

/** Where a lesson is: the links behind it, the one it is at, the ones to come. `now` null: it has travelled the whole chain. */
export function Chain({ now, notes = {} }: { now: ChainLink | null; notes?: Partial<Record<ChainLink, ReactNode>> }) {
  const { t } = useTranslation();
  const list = useRef<HTMLOListElement>(null);
  const stop = useStopWhenWide(list);
  const at = now === null ? CHAIN_LINKS.length : CHAIN_LINKS.indexOf(now);
  return (
    <ol ref={list} tabIndex={stop} className="chain" aria-label={t("chain.label")}>
      {CHAIN_LINKS.map((link, index) => (
        <li key={link} data-at={index < at ? "done" : index === at ? "now" : "ahead"} aria-current={index === at ? "step" : undefined}>
          {t(`chain.${link}`)}
          {notes[link] !== undefined && <small>{notes[link]}</small>}
        </li>
      ))}
    </ol>
  );
}
