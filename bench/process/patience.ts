/** A machine that does much else at the same time may start a server late; that is not what a bench measures. */
export const START_PATIENCE_MS = 600_000;
