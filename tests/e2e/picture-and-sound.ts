import type { Page } from "playwright-core";

declare global {
  interface Window {
    /** Every connection that this page has made to the media server. */
    connections: RTCPeerConnection[];
  }
}

/** Before a page is opened: it will remember its connections to the media server. */
export async function rememberConnections(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.connections = [];
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(...given: ConstructorParameters<typeof RTCPeerConnection>) {
        super(...given);
        window.connections.push(this);
      }
    };
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
