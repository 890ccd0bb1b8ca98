import { Form } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSay } from "../../ui/say.ts";
import { Button } from "../../ui/button.tsx";
import { When } from "../../ui/when.tsx";
import type { MessageInRoom } from "../room-protocol.ts";
import { OrderForm } from "./order-form.tsx";
import type { RoomHere } from "./use-room.ts";

/** What is said in words. What one writes stays in the box, or in the list with what became of it, until it is kept. */
export function Talk({ room, me, letter, problem, typed }: { room: RoomHere; me: { personId: string; name: string }; letter: string; problem: string | null; typed: string }) {
  const { t } = useTranslation("seminars");
  const say = useSay();
  const [body, setBody] = useState(typed);
  const box = useRef<HTMLTextAreaElement>(null);
  const list = useFollowedList(room.now.messages.length + room.unsent.length);
  const send = () => {
    const said = body.trim();
    if (said === "") return box.current?.focus();
    room.say(said);
    setBody("");
  };
  return (
    <section aria-label={t("room.chat")} className="room-talk">
      <ul ref={list} aria-live="polite" tabIndex={0} aria-label={t("room.chat")} className="room-list grid content-start gap-3">
        {room.now.messages.length + room.unsent.length === 0 && <li className="text-small text-ink-2">{t("room.nobodySaid")}</li>}
        {room.now.messages.map((one) => <Message key={one.id} one={one} mine={one.personId === me.personId} room={room} />)}
        {room.unsent.map((one) => (
          <li key={one.clientKey} className="text-ink-2">
            <span className="whitespace-pre-line">{one.body}</span>
            <span className="block text-small text-amber" role={one.refused ? "alert" : "status"}>
              {one.refused ? t(`refused.${one.refused}`) : room.line === "in" ? t("room.sending") : t("room.waits")}
              {one.refused && <Button type="button" weight="quiet" className="px-2" onClick={() => (setBody((now) => (now ? `${one.body}\n${now}` : one.body)), room.withdraw(one.clientKey), box.current?.focus())}>{t("room.again")}</Button>}
            </span>
          </li>
        ))}
      </ul>
      <Form method="post" className="room-say" onSubmit={(event) => (event.preventDefault(), send())}>
        <input type="hidden" name="key" value={letter} />
        <label htmlFor="say" className="sr-only">{t("room.say")}</label>
        <textarea
          ref={box} id="say" name="body" rows={2} maxLength={2000} placeholder={t("room.say")} value={body} autoComplete="off" aria-describedby={problem ? "say-problem" : undefined}
          onChange={(event) => setBody(event.currentTarget.value)}
          onKeyDown={(event) => {
            // An IME's own Enter chooses a word.
            if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
            event.preventDefault();
            send();
          }}
        />
        <Button className="px-3">{t("room.send")}</Button>
        {problem && <p id="say-problem" role="alert" className="basis-full text-small text-cinnabar">{say(problem)}</p>}
      </Form>
    </section>
  );
}

function Message({ one, mine, room }: { one: MessageInRoom; mine: boolean; room: RoomHere }) {
  const { t } = useTranslation("seminars");
  if (one.removed) return <li className="text-small text-ink-3">{t("room.takenAway")}</li>;
  return (
    <li className="group">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <b className="min-w-0 font-semibold">{mine ? t("live.me") : one.name}</b>
        <span className="text-small text-ink-3"><When at={one.at} as="time" /></span>
        {room.now.may.host && !mine && (
          <OrderForm what={{ type: "removeMessage", messageId: one.id }} order={room.order} className="ml-auto"><button className="cursor-pointer text-small text-ink-3 underline underline-offset-4 max-md:min-h-touch">{t("room.takeAway")}</button></OrderForm>
        )}
      </p>
      <p className="whitespace-pre-line">{one.body}</p>
    </li>
  );
}

/** A list that follows its end, unless somebody is reading further up. */
function useFollowedList(length: number) {
  const list = useRef<HTMLUListElement>(null);
  const follows = useRef(true);
  useEffect(() => {
    const here = list.current;
    if (!here) return;
    const look = () => void (follows.current = here.scrollHeight - here.scrollTop - here.clientHeight < 60);
    here.addEventListener("scroll", look, { passive: true });
    return () => here.removeEventListener("scroll", look);
  }, []);
  useEffect(() => {
    if (follows.current) list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [length]);
  return list;
}
