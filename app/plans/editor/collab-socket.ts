import { HocuspocusProviderWebsocket } from "@hocuspocus/provider";

/**
 * A socket that forgets what cannot be sent at once. The stock one queues it, and after a reconnect the acknowledgements of queued
 * messages are counted against the handshake's: the page would say "saved" while some are still under way. Nothing is lost by
 * forgetting: the handshake itself sends all that the server lacks.
 */
export class CollabSocket extends HocuspocusProviderWebsocket {
  override send(message: Parameters<WebSocket["send"]>[0]): void {
    if (this.webSocket?.readyState === WebSocket.OPEN) this.webSocket.send(message);
  }

  /** Tries again now, not when the next attempt is due. */
  retry(): void {
    if (this.shouldConnect) void this.connect();
  }

  /** Gives a connection up that does not answer. */
  hangUp(): void {
    this.webSocket?.close();
  }
}

export function openSocket(url: string): CollabSocket {
  return new CollabSocket({ url, delay: 500, minDelay: 300, factor: 1.6, maxDelay: 6_000, messageReconnectTimeout: 25_000 });
}
