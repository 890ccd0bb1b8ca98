import * as z from "zod";
import { line } from "../http/text.server.ts";
import { orUnlimited } from "./studio-form.server.ts";

export const groupFields = { name: line(40), kind: z.enum(["prep", "research"]), capacity: orUnlimited(10_000) };
