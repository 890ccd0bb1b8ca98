import type { Page } from "playwright-core";

declare global {
  interface Window {
    /** Every connection that this page has made to the media server. */
    connections: RTCPeerConnection[];
  }
}

/** Which ways are open for picture and sound: any, or nothing but a relay. */
export type Way = "any" | "relay";

/** Before a page is opened: it will remember its connections to the media server. */
export async function rememberConnections(page: Page, way: Way = "any"): Promise<void> {
  await page.addInitScript((iceTransportPolicy) => {
    window.connections = [];
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super({ ...configuration, iceTransportPolicy });
        window.connections.push(this);
      }
      override setConfiguration(configuration?: RTCConfiguration): void {
        super.setConfiguration({ ...configuration, iceTransportPolicy });
      }
    };
  }, way === "any" ? ("all" as const) : way);
}

/** The kinds of candidates by which this page sends and receives now, and how a relay is reached. */
export function waysInUse(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const ways: string[] = [];
    for (const connection of window.connections) {
      const stats = new Map<string, RTCStats & { selectedCandidatePairId?: string; localCandidateId?: string; candidateType?: string; relayProtocol?: string }>([...(await connection.getStats()).entries()]);
      for (const stat of stats.values()) {
        const pair = stat.type === "transport" ? stats.get(stat.selectedCandidatePairId ?? "") : undefined;
        const local = stats.get(pair?.localCandidateId ?? "");
        if (local) ways.push([local.candidateType, local.relayProtocol].filter(Boolean).join(" "));
      }
    }
    return ways;
  });
}

/** What has come from others: pictures decoded, and the energy of the sound. */
export function framesAndSound(page: Page): Promise<{ frames: number; energy: number }> {
  return page.evaluate(async () => {
    const sum = { frames: 0, energy: 0 };
    for (const connection of window.connections) {
      for (const stat of (await connection.getStats()).values()) {
        if (stat.type !== "inbound-rtp") continue;
        sum.frames += stat.framesDecoded ?? 0;
        sum.energy += stat.totalAudioEnergy ?? 0;
      }
    }
    return sum;
  });
}
