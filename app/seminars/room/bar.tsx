import { Link } from "@remix-run/react";
import { Hand, Mic, MicOff, MonitorUp, MonitorX, Video, VideoOff } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui/button.tsx";
import { OrderForm } from "./order-form.tsx";
import type { RoomShown } from "./room-page.server.ts";
import type { Live } from "./use-live.ts";
import type { RoomHere } from "./use-room.ts";

/** What one does in the room, where the thumb is. */
export function Bar({ page, room, live }: { page: RoomShown; room: RoomHere; live: Live }) {
  const { t } = useTranslation("seminars");
  const { may, hands, seminar } = room.now;
  const hand = hands.find(({ personId }) => personId === page.me.personId);
  const up = hand !== undefined;
  const on = live.line === "in" || live.line === "again";
  const running = seminar.state === "live";
  const { microphone, camera, screen } = live.mine;
  return (
    <div className="room-foot">
      <p role="status" className="room-floor">{hand?.calledAt && t(`room.floor.${!on ? "words" : microphone ? "heard" : "silent"}`)}</p>
      <div data-room-bar className="room-bar" role="toolbar" aria-label={t("room.bar")}>
        {on && may.speak && (
          <>
            <Button type="button" aria-pressed={microphone} onClick={() => live.toggle("microphone")}>{microphone ? <Mic size={18} aria-hidden="true" /> : <MicOff size={18} aria-hidden="true" />}{t(microphone ? "live.microphoneOff" : "live.microphoneOn")}</Button>
            <Button type="button" aria-pressed={camera} onClick={() => live.toggle("camera")}>{camera ? <Video size={18} aria-hidden="true" /> : <VideoOff size={18} aria-hidden="true" />}{t(camera ? "live.cameraOff" : "live.cameraOn")}</Button>
          </>
        )}
        {on && may.shareScreen && canShare() && <Button type="button" aria-pressed={screen} onClick={() => live.toggle("screen")}>{screen ? <MonitorX size={18} aria-hidden="true" /> : <MonitorUp size={18} aria-hidden="true" />}{t(screen ? "live.screenOff" : "live.screenOn")}</Button>}
        <OrderForm what={{ type: "hand", up: !up }} order={room.order}><Button weight={up ? "go" : "plain"} aria-pressed={up}><Hand size={18} aria-hidden="true" />{t(up ? "room.handDown" : "room.handUp")}</Button></OrderForm>
        {page.may.start && !running && may.host && <OrderForm what={{ type: "start" }} order={room.order}><Button weight="go">{t("room.start")}</Button></OrderForm>}
        {may.host && (running || seminar.state === "paused") && (
          <details className="room-end">
            <summary className="inline-flex min-h-touch cursor-pointer items-center rounded-round px-3 text-cinnabar md:min-h-10">{t("room.end")}</summary>
            <div><p className="text-small">{t("room.endMeans")}</p><OrderForm what={{ type: "end" }} order={room.order}><Button weight="danger">{t("room.endNow")}</Button></OrderForm></div>
          </details>
        )}
        <Link to={`/seminars/${page.seminar.id}`} className="inline-flex min-h-touch items-center px-3 text-ink-2">{t("room.leave")}</Link>
      </div>
    </div>
  );
}

/** Phones cannot share their screen from a browser: no button for it there. */
function canShare(): boolean {
  return typeof navigator !== "undefined" && typeof navigator.mediaDevices?.getDisplayMedia === "function";
}
