import { useTranslation } from "react-i18next";
import { Button } from "../../ui/button.tsx";
import { Face } from "../../ui/face.tsx";
import { Tag } from "../../ui/tag.tsx";
import { When } from "../../ui/when.tsx";
import type { PersonInRoom, ToRoom } from "../room-protocol.ts";
import { OrderForm } from "./order-form.tsx";
import type { RoomHere } from "./use-room.ts";

interface Props {
  room: RoomHere;
  me: string;
  hostId: string;
}

/** Who is here, how, and for hosts what they may do for the room; who waits at the door comes first. */
export function People({ room, me, hostId }: Props) {
  const { t } = useTranslation("seminars");
  const { people, lobby, removed, may, hands } = room.now;
  const floor = new Set(hands.filter((hand) => hand.calledAt).map((hand) => hand.personId));
  return (
    <section aria-label={t("room.people")} className="room-list grid content-start gap-4">
      {may.host && lobby.length > 0 && (
        <div className="grid gap-2 border-b border-hairline pb-3">
          <p className="flex items-center justify-between gap-2"><b className="font-semibold">{t("room.lobby", { count: lobby.length })}</b>{lobby.length > 1 && <OrderForm what={{ type: "admitAll" }} order={room.order}><Button>{t("room.admitAll")}</Button></OrderForm>}</p>
          <ul className="grid gap-2">
            {lobby.map((one) => (
              <li key={one.personId} className="flex flex-wrap items-center gap-x-2">
                <span className="min-w-0 flex-1">{one.name}</span>
                <OrderForm what={{ type: "admit", personId: one.personId }} order={room.order}><Button weight="go" aria-label={t("room.admitNamed", { name: one.name })}>{t("room.admit")}</Button></OrderForm>
                <OrderForm what={{ type: "deny", personId: one.personId }} order={room.order}><Button weight="quiet" aria-label={t("room.denyNamed", { name: one.name })}>{t("room.deny")}</Button></OrderForm>
              </li>
            ))}
          </ul>
        </div>
      )}
      <ul className="grid gap-2">
        {people.listed.map((one) => (
          <li key={one.id} className="grid gap-1">
            <div className="flex items-center gap-2">
              <Face name={one.name} id={one.id} small />
              <span className="min-w-0 flex-1">{one.id === me ? t("live.me") : one.name} {one.role && one.role !== "attendee" && <span className="text-small text-ink-2">{t(`part.${one.role}`)}</span>}{one.channel === "text" && <span className="text-small text-ink-3"> {t("room.inWords")}</span>}</span>
              {floor.has(one.id) && <Tag tone="now">{t("room.hasFloor")}</Tag>}
            </div>
            {may.host && one.id !== me && <Acts one={one} room={room} hasFloor={floor.has(one.id)} removable={one.id !== hostId} />}
          </li>
        ))}
      </ul>
      {people.count > people.listed.length && <p className="text-small text-ink-2">{t("room.morePeople", { count: people.count - people.listed.length })}</p>}
      {may.host && removed.length > 0 && (
        <div className="grid gap-2 border-t border-hairline pt-3">
          <b className="font-semibold">{t("room.removed")}</b>
          {removed.map((one) => (
            <div key={one.personId} className="flex flex-wrap items-center gap-x-2"><span className="min-w-0 flex-1">{one.name}</span><OrderForm what={{ type: "admit", personId: one.personId }} order={room.order}><Button aria-label={t("room.readmitNamed", { name: one.name })}>{t("room.readmit")}</Button></OrderForm></div>
          ))}
        </div>
      )}
    </section>
  );
}

function Acts({ one, room, hasFloor, removable }: { one: PersonInRoom; room: RoomHere; hasFloor: boolean; removable: boolean }) {
  const { t } = useTranslation("seminars");
  const personId = one.id;
  const acts: [ToRoom, string][] = [hasFloor ? [{ type: "lower", personId }, t("room.takeFloor")] : [{ type: "call", personId }, t("room.giveFloor")]];
  if (one.channel === "webrtc") acts.push([{ type: "mute", personId, source: "microphone" }, t("room.muteMicrophone")], [{ type: "mute", personId, source: "camera" }, t("room.muteCamera")], [{ type: "mute", personId, source: "screen" }, t("room.muteScreen")]);
  if (removable) acts.push([{ type: "remove", personId }, t("room.remove")]);
  return (
    <details className="pl-8">
      <summary className="inline-flex min-h-touch cursor-pointer items-center text-small text-ink-2 md:min-h-7" aria-label={t("room.actsNamed", { name: one.name })}>{t("room.acts")}</summary>
      <div className="flex flex-wrap gap-2 pt-1">{acts.map(([what, words]) => <OrderForm key={`${what.type} ${"source" in what ? what.source : ""}`} what={what} order={room.order}><Button weight={what.type === "remove" ? "danger" : "plain"} className="px-3 text-small" aria-label={t("room.actNamed", { act: words, name: one.name })}>{words}</Button></OrderForm>)}</div>
    </details>
  );
}

/** Whose hand is up, longest first, and who has the floor. */
export function Hands({ room, me }: Pick<Props, "room" | "me">) {
  const { t } = useTranslation("seminars");
  const { hands, may } = room.now;
  return (
    <section aria-label={t("room.handsTitle")} className="room-list grid content-start gap-3">
      {hands.length === 0 && <p className="text-small text-ink-2">{t("room.noHands")}</p>}
      <ul className="grid gap-3">
        {hands.map((hand) => (
          <li key={hand.personId} className="flex flex-wrap items-center gap-2">
            <span className="min-w-0 flex-1">{hand.personId === me ? t("live.me") : hand.name} <span className="text-small text-ink-3"><When at={hand.raisedAt} as="time" /></span></span>
            {hand.calledAt && <Tag tone="now">{t("room.hasFloor")}</Tag>}
            {may.host && !hand.calledAt && <OrderForm what={{ type: "call", personId: hand.personId }} order={room.order}><Button weight="go" aria-label={t("room.actNamed", { act: t("room.giveFloor"), name: hand.name })}>{t("room.giveFloor")}</Button></OrderForm>}
            {may.host && <OrderForm what={{ type: "lower", personId: hand.personId }} order={room.order}><Button weight="quiet" aria-label={t("room.actNamed", { act: t(hand.calledAt ? "room.takeFloor" : "room.lower"), name: hand.name })}>{t(hand.calledAt ? "room.takeFloor" : "room.lower")}</Button></OrderForm>}
          </li>
        ))}
      </ul>
    </section>
  );
}
