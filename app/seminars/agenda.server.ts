import * as z from "zod";
import type { AgendaItem } from "#db/schema/seminars.ts";

/** The columns of the agenda's rows, as a form sends them. */
export const agendaFields = {
  item: z.array(z.string().max(100)).max(50),
  itemMinutes: z.array(z.string()).max(50),
  itemSection: z.array(z.string().max(80)).max(50),
};

/** The rows that say something, in their order. A row without a time has ten minutes. */
export function readAgenda(columns: { item: string[]; itemMinutes: string[]; itemSection: string[] }): AgendaItem[] {
  return columns.item.flatMap((typed, row) => {
    const title = typed.replace(/\p{Cc}+/gu, " ").trim();
    const minutes = Math.trunc(Number(columns.itemMinutes[row]));
    const sectionKey = columns.itemSection[row];
    return title === "" ? [] : [{ title, minutes: minutes >= 1 && minutes <= 480 ? minutes : 10, ...(sectionKey && { sectionKey }) }];
  });
}
