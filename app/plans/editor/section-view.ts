import * as Y from "yjs";

/**
 * A replica of the plan's document for one section editor: an ordinary Yjs peer inside the page. Holding its inbox is the same
 * thing as a slow network, so nothing that a CRDT promises can break. Each section has its own, and so one section can be frozen
 * while the others stay live; provider, local copy and server see the plan's document only.
 */
export class SectionView {
  readonly doc: Y.Doc;
  readonly root: Y.XmlText;
  readonly #plan: Y.Doc;
  readonly #planRoot: Y.XmlText;
  readonly #writes: boolean;
  readonly #waiting: Uint8Array[] = [];
  #held = false;
  #touched = false;
  #open = false;

  /** `writes` false: what happens in the replica stays there, for people who may only read. */
  constructor(plan: Y.Doc, section: string, writes: boolean) {
    this.#plan = plan;
    this.#writes = writes;
    this.doc = new Y.Doc({ gc: plan.gc });
    this.root = this.doc.get(section, Y.XmlText);
    this.#planRoot = plan.get(section, Y.XmlText);
  }

  /** Others changed this section since it was held. */
  get touched(): boolean {
    return this.#touched;
  }

  /** Takes in the plan as it is now: call it last, when the editor already listens, for it fills the editor. */
  connect(): void {
    if (this.#open) return;
    this.#open = true;
    if (this.#writes) this.doc.on("update", this.#toPlan);
    this.#plan.on("update", this.#fromPlan);
    this.#planRoot.observeDeep(this.#noticed);
    Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(this.#plan, Y.encodeStateVector(this.doc)), this);
  }

  /** From now on the plan's changes wait. */
  hold(): void {
    this.#held = true;
  }

  /** What waited arrives as one change. */
  release(): void {
    this.#held = false;
    this.#touched = false;
    if (this.#waiting.length === 0) return;
    const update = Y.mergeUpdates(this.#waiting);
    this.#waiting.length = 0;
    Y.applyUpdate(this.doc, update, this);
  }

  destroy(): void {
    this.doc.off("update", this.#toPlan);
    this.#plan.off("update", this.#fromPlan);
    if (this.#open) this.#planRoot.unobserveDeep(this.#noticed);
    this.#open = false;
    this.doc.destroy();
  }

  readonly #toPlan = (update: Uint8Array, origin: unknown): void => {
    if (origin !== this) Y.applyUpdate(this.#plan, update, this);
  };

  readonly #fromPlan = (update: Uint8Array, origin: unknown): void => {
    if (origin === this) return;
    if (this.#held) this.#waiting.push(update);
    else Y.applyUpdate(this.doc, update, this);
  };

  readonly #noticed = (_events: unknown, transaction: Y.Transaction): void => {
    if (this.#held && transaction.origin !== this) this.#touched = true;
  };
}
