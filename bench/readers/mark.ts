/** What a writer puts into the document so that a reader may find it in a frame without taking the document apart. */
export interface Mark {
  phase: number;
  writer: number;
  /** 0, 1, 2 … by writer and phase. */
  no: number;
  /** Of the machine's one clock, in milliseconds. */
  at: number;
}

const EDGE = "@@";

/** Milliseconds by a clock that all processes of this machine share. */
export function sharedNow(): number {
  return Number(process.hrtime.bigint() / 1_000n) / 1_000;
}

export function written({ phase, writer, no, at }: Mark): string {
  return `${EDGE}${phase}:${writer}:${no}:${at}${EDGE}`;
}

export function marksIn(frame: Buffer): Mark[] {
  const marks: Mark[] = [];
  for (let from = frame.indexOf(EDGE); from >= 0; ) {
    const to = frame.indexOf(EDGE, from + EDGE.length);
    if (to < 0) break;
    const [phase = 0, writer = 0, no = 0, at = 0] = frame.toString("latin1", from + EDGE.length, to).split(":").map(Number);
    marks.push({ phase, writer, no, at });
    from = frame.indexOf(EDGE, to + EDGE.length);
  }
  return marks;
}
