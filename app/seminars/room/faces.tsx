import type { Track } from "livekit-client";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { inkFor } from "../../plans/person-ink.ts";
import type { PersonInRoom } from "../room-protocol.ts";
import { pickShown } from "./pick-shown.ts";
import type { Face, Live } from "./use-live.ts";

/** Who is seen: the screen that is shared or whoever leads, large; some others beside; the rest as a number. Everybody is heard. */
export function Faces({ live, people, count, hands, hostId }: { live: Live; people: readonly PersonInRoom[]; count: number; hands: number; hostId: string }) {
  const { t } = useTranslation("seminars");
  const shown = pickShown(live.faces, hostId);
  const listening = live.faces.length - new Set(shown.map((one) => one.id)).size;
  const inWords = Math.max(0, count - live.faces.length);
  const roleOf = (id: string) => people.find((one) => one.id === id)?.role ?? null;
  return (
    <>
      <ul className="room-faces">{shown.map((face, index) => <Tile key={`${face.id} ${face.screenShown}`} face={face} screen={face.screenShown} large={index === 0} role={roleOf(face.id)} />)}</ul>
      {live.faces.flatMap((face) => face.sounds.map((sound) => <Media key={`${face.id} ${sound.sid}`} track={sound} kind="audio" />))}
      <p aria-live="polite" className="text-small text-ink-2">
        {[listening > 0 && t("live.others", { count: listening }), t("live.count", { count: live.faces.length }), inWords > 0 && t("live.inWords", { count: inWords }), hands > 0 && t("live.hands", { count: hands })].filter(Boolean).join(" · ")}
      </p>
    </>
  );
}

function Tile({ face, screen, large, role }: { face: Face; screen: boolean; large: boolean; role: PersonInRoom["role"] }) {
  const { t } = useTranslation("seminars");
  const picture = screen ? face.screen : face.camera;
  const name = face.mine ? t("live.me") : face.name;
  const words = [screen ? t("live.screenOf", { name }) : name, !screen && role && role !== "attendee" && t(`part.${role}`), !screen && (face.speaking ? t("live.speaking") : face.microphone ? !face.camera && t("live.soundOnly") : t("live.silent"))].filter(Boolean).join(" · ");
  return (
    <li className={`room-face room-ink-${inkFor(face.id)}`} data-large={large} data-speaking={face.speaking && !screen}>
      {picture ? <Media track={picture} kind="video" whole={screen} /> : <span aria-hidden="true" className="font-song text-page">{[...face.name][0]}</span>}
      <span className="room-face-name">{words}</span>
    </li>
  );
}

/** A track in its element: LiveKit attaches and takes away. */
export function Media({ track, kind, whole = false }: { track: Track; kind: "video" | "audio"; whole?: boolean }) {
  const element = useRef<HTMLVideoElement & HTMLAudioElement>(null);
  useEffect(() => {
    const here = element.current;
    if (!here) return;
    track.attach(here);
    return () => void track.detach(here);
  }, [track]);
  return kind === "video" ? <video ref={element} muted playsInline autoPlay data-whole={whole} /> : <audio ref={element} autoPlay />;
}
