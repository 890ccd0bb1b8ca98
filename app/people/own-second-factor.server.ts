import { type LoaderFunctionArgs, redirect } from "@remix-run/node";
import * as z from "zod";
import { findSecondFactor } from "#db/second-factors.ts";
import type { Viewer } from "#db/viewer.ts";
import { requireViewer } from "../http/viewer.server.ts";

/** What changes a second factor is asked for by the password. */
export const passwordForm = z.object({ password: z.string().min(1).max(128) });

/** Whoever has a second factor of their own. @throws the way to where one is turned on, for whoever has none */
export async function requireSecondFactor({ request, context }: Pick<LoaderFunctionArgs, "request" | "context">): Promise<Viewer> {
  const viewer = await requireViewer(context, request);
  if (!(await findSecondFactor(context.db, viewer.id))) throw redirect("/me/second-factor");
  return viewer;
}
