/** Acts that cost so much that nobody may do them without end. */
export type Costly = "signIn" | "register" | "passwordLetter" | "search" | "upload" | "live";

/** Takes one of what whoever asks has left of it. @returns false when nothing is left, for now */
export type Spend = (act: Costly) => boolean;
