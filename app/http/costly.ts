/** Acts that cost so much that nobody may do them without end. */
export type Costly = "signIn" | "register" | "passwordLetter" | "search" | "upload" | "uploadBytes" | "live";

/** Takes so many of what whoever asks has left of it, one unless said. @returns false, with nothing taken, when so many are not left, for now */
export type Spend = (act: Costly, amount?: number) => boolean;
