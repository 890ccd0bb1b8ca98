import * as z from "zod";
import { seminarFor } from "./access.server.ts";
import { admit, admitAll, deny } from "./admit.server.ts";
import { endSeminar } from "./end.server.ts";
import { giveFloor, putHandDown, putHandUp, takeFloor } from "./hands.server.ts";
import { LiveUnreachable } from "./live-rooms.ts";
import { moveAgenda } from "./move-agenda.server.ts";
import { mute } from "./mute.server.ts";
import { EARLY_MS } from "./policy.ts";
import { removePerson } from "./remove-person.server.ts";
import type { RoomRefusal, ToRoom } from "./room-protocol.ts";
import { say, takeMessageAway } from "./say.server.ts";
import type { RoomServices } from "./seminar-rooms.ts";
import { startSeminar } from "./start.server.ts";
import { thereByLetter } from "./there-by-letter.server.ts";
import type { Viewer } from "#db/viewer.ts";
import { storable } from "../http/text.server.ts";

const id = z.string().max(40).transform(storable);
const orders = z.discriminatedUnion("type", [
  // Longer than a message may be, so that one that is too long is answered and not cut off.
  z.object({ type: z.literal("say"), body: z.string().max(20_000).transform(storable), clientKey: z.string().min(1).max(64).regex(/^[^\0\p{Cs}]+$/u) }),
  z.object({ type: z.literal("hand"), up: z.boolean() }),
  z.object({ type: z.literal("channel"), channel: z.enum(["text", "webrtc"]) }),
  z.object({ type: z.literal("beat") }),
  z.object({ type: z.enum(["admit", "deny", "remove", "call", "lower"]), personId: id }),
  z.object({ type: z.literal("admitAll") }),
  z.object({ type: z.literal("mute"), personId: id, source: z.enum(["microphone", "camera", "screen"]) }),
  z.object({ type: z.literal("removeMessage"), messageId: id }),
  z.object({ type: z.literal("agenda"), position: z.int() }),
  z.object({ type: z.literal("start") }),
  z.object({ type: z.literal("end") }),
]) satisfies z.ZodType<ToRoom>;

/** What a page said, or undefined when it is not of the protocol. */
export function readOrder(frame: string): ToRoom | undefined {
  try {
    return orders.safeParse(JSON.parse(frame)).data;
  } catch {
    return undefined;
  }
}

export type Followed = { kept?: string; refused?: RoomRefusal };

/** Does what a page asks by the acts that its buttons use too, with the rules asked anew. `kept` is the id of a message that was said. */
export async function follow(services: RoomServices, viewer: Viewer, seminarId: string, order: ToRoom, at = new Date()): Promise<Followed> {
  const { db } = services;
  const permit = <Act extends Parameters<typeof seminarFor>[2]>(act: Act) => seminarFor(db, viewer, act, seminarId);
  try {
    switch (order.type) {
      // Over a line the room itself hears beats: this one came by letter.
      case "beat":
        await thereByLetter(db, viewer, seminarId, at);
        return {};
      case "channel":
        return {};
      case "say": {
        const answer = await say(services, viewer, await permit("say"), order);
        return "refused" in answer ? { refused: answer.refused } : { kept: answer.messageId };
      }
      case "hand":
        await (order.up ? putHandUp : putHandDown)(services, viewer, await permit("raise_hand"));
        return {};
      case "admit":
        await admit(services, viewer, await permit("admit"), order.personId);
        return {};
      case "admitAll":
        await admitAll(services, viewer, await permit("admit"));
        return {};
      case "deny":
        await deny(services, viewer, await permit("admit"), order.personId);
        return {};
      case "remove": {
        const answer = await removePerson(services, viewer, await permit("remove"), order.personId);
        return answer.removed ? {} : { refused: answer.reason };
      }
      case "call":
        await giveFloor(services, viewer, await permit("give_floor"), order.personId);
        return {};
      case "lower":
        await takeFloor(services, viewer, await permit("give_floor"), order.personId);
        return {};
      case "mute":
        await mute(services, viewer, await permit("mute"), order.personId, order.source);
        return {};
      case "removeMessage":
        await takeMessageAway(services, viewer, await permit("remove_message"), order.messageId);
        return {};
      case "agenda":
        await moveAgenda(services, viewer, await permit("move_agenda"), order.position);
        return {};
      case "start": {
        const seminar = await permit("start");
        if (seminar.startsAt.getTime() - at.getTime() > EARLY_MS) return { refused: "too_early" };
        await startSeminar(services, viewer, seminar, at);
        return {};
      }
      case "end":
        await endSeminar(services, viewer, await permit("end"));
        return {};
    }
  } catch (error) {
    if (error instanceof Response) return { refused: "not_allowed" };
    if (error instanceof LiveUnreachable) return { refused: "live_down" };
    throw error;
  }
}
