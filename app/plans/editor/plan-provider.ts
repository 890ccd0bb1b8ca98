import { HocuspocusProvider } from "@hocuspocus/provider";

/**
 * A provider that sends nothing typed during the handshake by itself. Such an update builds on what was typed while the line was down; ahead
 * of that it has a hole before it, and the server turns it away for good. What is typed meanwhile goes with the answer to the server's
 * state vector, in one message.
 */
export class PlanProvider extends HocuspocusProvider {
  #shaken = false;

  constructor(configuration: ConstructorParameters<typeof HocuspocusProvider>[0]) {
    super(configuration);
    this.on("open", () => (this.#shaken = false));
    this.on("close", () => (this.#shaken = false));
  }

  /** The server has said what it has; the answer, which the stock provider now makes, is the one message that waits to be acknowledged. */
  serverSaid(): void {
    this.#shaken = true;
    this.unsyncedChanges = 1;
    this.emit("unsyncedChanges", { number: 1 });
  }

  override documentUpdateHandler(update: Uint8Array, origin: unknown): void {
    if (this.#shaken || origin === this) super.documentUpdateHandler(update, origin);
    else this.incrementUnsyncedChanges();
  }
}
