import { fileCases } from "./files.ts";
import { formCases } from "./forms.ts";
import { lineCases } from "./lines.ts";
import type { Answer } from "./ask.ts";
import type { Yard } from "./yard.ts";

export interface Case {
  name: string;
  send(yard: Yard): Promise<Answer>;
  /** What was typed, where a form that is refused must give it back. */
  typed?: string;
  /** Answers other than these are a fault; without, any that is not the server's fault. */
  wanted?: readonly number[];
}

export const cases: readonly Case[] = [...fileCases, ...formCases, ...lineCases];
