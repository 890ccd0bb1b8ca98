import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui/button.tsx";
import { Face } from "../../ui/face.tsx";
import type { LiveState } from "../live-rooms.ts";
import type { PersonInRoom } from "../room-protocol.ts";
import { Faces } from "./faces.tsx";
import type { Live } from "./use-live.ts";

interface Props {
  live: Live;
  /** Whether the seminar is taking place, and whether the server has picture and sound at all. */
  running: boolean;
  server: LiveState;
  people: { count: number; listed: readonly PersonInRoom[] };
  hands: number;
  hostId: string;
  /** Whether it waits for this person to begin it. */
  begins: boolean;
}

/** Where the faces are; before that, and where none can come, who is here and what one can do. */
export function Stage({ live, running, server, people, hands, hostId, begins }: Props) {
  const { t, i18n } = useTranslation("seminars");
  const canBrowser = useCan();
  const on = live.line === "in" || live.line === "again";
  const rate = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1, minimumFractionDigits: 1 }).format((live.rate * 60) / 8 / 1_000_000);
  return (
    <section aria-label={t("live.title")} className="room-stage">
      {on ? <Faces live={live} people={people.listed} count={people.count} hands={hands} hostId={hostId} /> : <Here people={people} />}
      {live.line === "again" && <p role="status" className="text-small text-amber"><span className="block">{t("live.again")}</span><span className="block">{t("live.wordsGoOn")}</span></p>}
      {live.soundBlocked && <Button type="button" weight="go" onClick={live.allowSound}>{t("live.allowSound")}</Button>}
      {on && (
        <p className="flex flex-wrap items-center gap-x-3 text-small text-amber">
          {t(live.taken === "all" ? "live.lineAll" : "live.lineSound", { rate })}
          <Button type="button" weight="quiet" className="px-2 text-small" onClick={() => live.join(live.taken === "all" ? "sound" : "all")}>{t(live.taken === "all" ? "live.soundOnlyPlease" : "live.pictureToo")}</Button>
          <Button type="button" weight="quiet" className="px-2 text-small" onClick={live.leave}>{t("live.wordsOnly")}</Button>
        </p>
      )}
      {live.line === "connecting" && <p role="status" className="text-ink-2">{t("live.connecting")} <Button type="button" weight="quiet" onClick={live.leave}>{t("live.stop")}</Button></p>}
      {live.line === "gone" && (
        <div className="grid gap-2">
          <p role="status" className="rounded-round bg-amber-wash px-4 py-3 text-amber"><span className="block">{t("live.gone")}</span><span className="block">{t("live.wordsGoOn")}</span></p>
          <div className="flex flex-wrap gap-2">
            <Button type="button" onClick={() => live.join(live.taken)}>{t("live.tryAgain")}</Button>
            <Button type="button" weight="quiet" onClick={live.leave}>{t("live.wordsOnly")}</Button>
          </div>
        </div>
      )}
      {!on && live.line !== "connecting" && live.line !== "gone" && <Offer live={live} running={running} server={server} canBrowser={canBrowser} begins={begins} />}
    </section>
  );
}

/** What can be had, in words, and what it costs; the person decides. */
function Offer({ live, running, server, canBrowser, begins }: Pick<Props, "live" | "running" | "server" | "begins"> & { canBrowser: boolean }) {
  const { t } = useTranslation("seminars");
  const none = !canBrowser ? "browser" : !server.ready && live.line !== "unavailable" ? "server" : live.line === "unavailable" ? live.why : null;
  return (
    <div className="grid gap-2">
      {none && <p role="status" className="rounded-round bg-amber-wash px-4 py-3 text-amber">{none === "server" && !server.ready ? t(`live.noServer.${server.reason}`) : t(`live.unavailable.${none}`)} {t("live.wordsGoOn")}</p>}
      {!running && <p className="text-small text-ink-2">{t(begins ? "live.youBegin" : "live.notYet")}</p>}
      {running && none !== "browser" && (
        <>
          <div className="flex flex-wrap gap-2">
            <Button type="button" onClick={() => live.join("all")}>{t(none ? "live.tryAgain" : "live.join")}</Button>
            <Button type="button" onClick={() => live.join("sound")}>{t("live.joinSound")}</Button>
          </div>
          {!none && <p className="text-small text-ink-3">{t("live.cost")}</p>}
        </>
      )}
    </div>
  );
}

function Here({ people }: Pick<Props, "people">) {
  const { t } = useTranslation("seminars");
  return (
    <div>
      <p className="text-small text-ink-2">{t("live.here", { count: people.count })}</p>
      <ul className="room-here">{people.listed.slice(0, 16).map((one) => <li key={one.id} className="flex items-center gap-2"><Face name={one.name} id={one.id} small /><span className="truncate text-small">{one.name}{one.role && one.role !== "attendee" ? ` · ${t(`part.${one.role}`)}` : ""}</span></li>)}</ul>
    </div>
  );
}

/** Whether this browser knows picture and sound at all; asked in the page, so that the server's page says nothing wrong. */
function useCan(): boolean {
  const [can, setCan] = useState(true);
  useEffect(() => setCan(typeof RTCPeerConnection !== "undefined"), []);
  return can;
}
