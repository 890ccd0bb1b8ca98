import { createContext } from "react";

/** The page's number-used-once: scripts that carry it may run, others may not. */
export const Nonce = createContext("");
