import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { LIVEKIT_VERSION } from "#server/live/install.ts";
import type { Bench, Given, Row } from "./bench.ts";
import type { Crowd, Guest, Heard, Here } from "./live/crowd.ts";
import { type LiveHouse, liveHouse } from "./live/house.ts";
import { quantile, rounded } from "./numbers.ts";
import { memoryOf } from "./process/memory.ts";
import { processorSeconds } from "./process/processor.ts";

/** Who has heard a speaker for so much of the time has heard the speaker. */
const HEARD = 0.95;
/** Between the last who came and the measurement. */
const SETTLES_MS = 3_000;

/** Seminars with real participants: how quickly they come, whether they hear, and what that takes of the machine. */
export const live: Bench = {
  about: "people in the picture and sound of seminars, with a microphone open, through our gate and past it",
  options: { participants: 101, rooms: 1, speakers: 1, seconds: 30, each: 17 },
  async run(given) {
    const { option } = given;
    const house = await liveHouse({ rooms: option("rooms"), people: option("participants"), speakers: option("speakers") });
    try {
      const ours = await measured(house, given, false);
      const past = await measured(house, given, true);
      const broken = [ours, past].flatMap(({ joined }) => (joined === house.guests.length ? [] : [`${house.guests.length - joined} of ${house.guests.length} could not join`]));
      const { joinP95Ms, cpuCores, rssMiB } = ours;
      return {
        ours,
        peer: { name: "livekit-server without our gate (baseline)", version: LIVEKIT_VERSION, ...past },
        ratio: { joinP95Ms: rounded(joinP95Ms / past.joinP95Ms), cpuCores: rounded(cpuCores / past.cpuCores), rssMiB: rounded(rssMiB / past.rssMiB) },
        samples: ours.streams,
        broken,
      };
    } finally {
      await house.stop();
    }
  },
};

async function measured(house: LiveHouse, { option, say }: Given, past: boolean) {
  const way = past ? "past our gate" : "through our gate";
  const crowds: ChildProcess[] = [];
  const here: Here[] = [];
  try {
    // Together, as people come to a seminar.
    const coming: Promise<Here>[] = [];
    for (const guests of apart(house.guests, option("each"))) {
      const crowd: Crowd = { url: house.url, guests, speakers: option("speakers"), ...(past && { past: { url: house.media.url, tickets: await Promise.all(guests.map(house.ticketFor)) } }) };
      const child = fork(join(import.meta.dirname, "live/crowd.ts"), [JSON.stringify(crowd)], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
      crowds.push(child);
      coming.push(answerOf<Here>(child));
    }
    here.push(...(await Promise.all(coming)));
    for (const reason of new Set(here.flatMap(({ refused }) => refused))) say(`${way}: somebody could not join: ${reason}`);
    await pause(SETTLES_MS);
    for (const crowd of crowds) crowd.send("listen");
    const clients = crowds.map(({ pid }) => pid ?? 0);
    const [before, from] = [spent([house.media.pid], [house.pid], clients), performance.now()];
    await pause(option("seconds") * 1_000);
    const [after, seconds] = [spent([house.media.pid], [house.pid], clients), (performance.now() - from) / 1_000];
    const heard = await Promise.all(crowds.map((crowd) => {
      const told = answerOf<Heard>(crowd);
      crowd.send("tell");
      return told;
    }));
    const cores = after.map((one, no) => (one - (before[no] ?? 0)) / seconds);
    const [mediaCores = 0, serverCores = 0, clientCores = 0] = cores;
    const shares = heard.flatMap((one) => one.shares);
    const total = (key: "packets" | "lost" | "bytes") => heard.reduce((sum, one) => sum + one[key], 0);
    const figures = {
      joined: here.reduce((sum, { joined }) => sum + joined, 0),
      joinP95Ms: rounded(quantile(here.flatMap(({ joinMs }) => joinMs), 0.95), 0),
      cpuCores: rounded(mediaCores + serverCores, 3),
      mediaCores: rounded(mediaCores, 3),
      clientCores: rounded(clientCores),
      rssMiB: memoryOf(house.media.pid).nowMiB,
      serverRssMiB: memoryOf(house.pid).nowMiB,
      audioOkShare: rounded(shares.filter((share) => share >= HEARD).length / shares.length, 4),
      heardP05: rounded(quantile(shares, 0.05), 3),
      streams: shares.length,
      packetsASecond: rounded(total("packets") / seconds, 0),
      lostShare: rounded(total("lost") / Math.max(1, total("packets") + total("lost")), 4),
      kbitPerStream: rounded((total("bytes") * 8) / 1_000 / seconds / shares.length, 1),
      /** Of the media server's processor, for each packet that reached somebody. */
      usAPacket: rounded((mediaCores * seconds * 1_000_000) / total("packets"), 1),
    } satisfies Row;
    say(`${way}: ${JSON.stringify(figures)}`);
    return figures;
  } finally {
    await Promise.all(crowds.map(async (crowd) => {
      if (crowd.exitCode !== null) return;
      const gone = once(crowd, "exit");
      crowd.send("leave");
      await Promise.race([gone, pause(10_000, undefined, { ref: false })]);
      crowd.kill("SIGKILL");
    }));
  }
}

/** So many in a process; those who speak in others than those who only listen, as they may not be late. */
function apart(guests: readonly Guest[], each: number): Guest[][] {
  return [true, false].flatMap((speaks) => {
    const like = guests.filter((guest) => guest.speaks === speaks);
    return Array.from({ length: Math.ceil(like.length / each) }, (_, no) => like.slice(no * each, (no + 1) * each));
  });
}

/** Seconds of processors that each of these groups has had. */
function spent(...groups: readonly number[][]): number[] {
  return groups.map((pids) => pids.reduce((sum, pid) => sum + processorSeconds(pid), 0));
}

async function answerOf<Answer>(crowd: ChildProcess): Promise<Answer> {
  const [answer] = (await Promise.race([once(crowd, "message"), once(crowd, "exit").then(() => Promise.reject(new Error("a crowd ended before it had answered")))])) as [Answer]; // as `crowd.ts` sends it
  return answer;
}
