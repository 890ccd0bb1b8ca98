import { Link, useSearchParams } from "@remix-run/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Tag } from "../../ui/tag.tsx";
import { Bar } from "./bar.tsx";
import { Hands, People } from "./people.tsx";
import type { RoomShown } from "./room-page.server.ts";
import "./room.css";
import { Stage } from "./stage.tsx";
import { Table } from "./table.tsx";
import { Talk } from "./talk.tsx";
import { useLive } from "./use-live.ts";
import { useRoom } from "./use-room.ts";

const TABS = ["plan", "talk", "people", "hands"] as const;
type Tab = (typeof TABS)[number];

interface Props {
  page: RoomShown;
  /** Names the message of a form that is sent without scripts. */
  letter: string;
  problem: string | null;
  typed: string;
}

/** The room: half faces, half plan, and the talk beside. */
export function RoomPage({ page, letter, problem, typed }: Props) {
  const { t } = useTranslation("seminars");
  const { seminar, me } = page;
  const room = useRoom(seminar.id, me.personId, page.room);
  const live = useLive(seminar.id, (channel) => room.order({ type: "channel", channel }));
  const [asked] = useSearchParams();
  const [tab, setTab] = useState<Tab>(TABS.find((one) => one === asked.get("tab")) ?? (problem ? "talk" : page.plan ? "plan" : "talk"));
  const { state } = room.now.seminar;
  const running = state === "live" || state === "paused";
  const counts: Record<Tab, number | null> = { plan: null, talk: null, people: room.now.people.count, hands: room.now.hands.length };
  const calls = room.now.may.host && room.now.hands.some((hand) => !hand.calledAt);
  if (room.line === "removed") return <div className="page"><h1>{seminar.title}</h1><p role="alert" className="mt-3 text-ink-2">{t("live.removed")}</p></div>;
  return (
    <div className="room" data-tab={tab}>
      <div className="room-top">
        <h1 title={seminar.title}><Link to={`/seminars/${seminar.id}`} className="no-underline">{seminar.title}</Link></h1>
        <Tag tone={running ? "now" : "plain"}>{t(`state.${state}`)}</Tag>
        <Words room={room} live={live} />
      </div>
      <Stage live={live} running={running} server={page.live} people={room.now.people} hands={room.now.hands.length} hostId={seminar.hostId} begins={page.may.start && room.now.may.host} />
      <div data-pane="plan"><Table page={page} room={room} /></div>
      <div className="room-side">
        <nav aria-label={t("room.parts")} className="room-tabs">
          {TABS.map((one) => (
            <Link key={one} to={`?tab=${one}`} className={`room-tab-${one}`} aria-current={tab === one ? "true" : undefined} onClick={(event) => (event.preventDefault(), setTab(one))}>
              {t(one === "plan" && !page.plan ? "room.tab.files" : `room.tab.${one}`)}{counts[one] !== null && <>&nbsp;<span className={one === "hands" && calls ? "font-semibold text-cinnabar" : undefined}>{counts[one]}</span></>}
              {one === "people" && room.now.lobby.length > 0 && <span className="ml-1 text-cinnabar">{t("room.waitingCount", { count: room.now.lobby.length })}</span>}
            </Link>
          ))}
        </nav>
        <div data-pane="talk"><Talk room={room} me={me} letter={letter} problem={problem} typed={typed} /></div>
        <div data-pane="people"><People room={room} me={me.personId} hostId={seminar.hostId} /></div>
        <div data-pane="hands"><Hands room={room} me={me.personId} /></div>
      </div>
      <Bar page={page} room={room} live={live} />
    </div>
  );
}

/** What one must know now: the line, what the host did, what could not be done. */
function Words({ room, live }: { room: ReturnType<typeof useRoom>; live: ReturnType<typeof useLive> }) {
  const { t } = useTranslation("seminars");
  const words = [
    room.line === "cut" && t("live.lineCut"),
    room.muted && t(`room.mutedBy.${room.muted}`),
    room.refused && t(`refused.${room.refused}`),
    live.trouble && t(`live.trouble.${live.trouble.why}`, { device: t(`live.device.${live.trouble.source}`) }),
  ].filter((one) => typeof one === "string");
  return <p role="status" className="text-small text-amber">{words.join(" ")}</p>;
}
