import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import * as z from "zod";
import { readForm, unprocessable } from "#app/http/form.server.ts";
import { refuse } from "#app/http/refusals.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { mayEnter, seminarSeenBy } from "#app/seminars/access.server.ts";
import { follow, readOrder } from "#app/seminars/follow-order.server.ts";
import { RoomPage } from "#app/seminars/room/room-page.tsx";
import { roomPage, type RoomShown } from "#app/seminars/room/room-page.server.ts";
import { pageTitle } from "#app/ui/title.ts";
import { newId } from "#db/ids.ts";

export const meta: MetaFunction<typeof loader> = ({ matches, data }) => pageTitle(matches, data?.page.seminar.title ?? "会场", data?.page.seminar.title ?? "Seminar room");

/** The room of a seminar. Whoever was not let in is sent to the seminar's page. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const { id } = await seminarSeenBy(context.db, viewer, params.seminarId ?? "");
  const entry = await mayEnter(context.db, viewer, id);
  if (!entry.in) throw redirect(`/seminars/${id}`);
  return { page: await roomPage(context, viewer, entry.seminar), letter: newId() };
}

const form = z.object({ order: z.string().max(200).optional(), body: z.string().max(8_000).optional(), key: z.string().max(40).optional() });

/** What the room's buttons order where there are no scripts, by the same acts as over its line. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const { id } = await seminarSeenBy(context.db, viewer, params.seminarId ?? "");
  const { values, problems, typed } = await readForm(request, form);
  if (problems) return unprocessable(problems, typed);
  const order = readOrder(values.order ?? JSON.stringify({ type: "say", body: values.body ?? "", clientKey: values.key || newId() }));
  if (!order) throw refuse("notThere");
  const { refused } = await follow(context, viewer, id, order);
  if (refused === "not_allowed") throw refuse("notAllowed");
  if (refused) return unprocessable({ body: { key: `seminars:refused.${refused}` } }, typed);
  throw redirect(`/seminars/${id}/room`);
}

export default function Room() {
  const { page, letter } = useLoaderData<typeof loader>() as { page: RoomShown; letter: string }; // single fetch hands over what the loader gave; only `unknown` nodes lose their name on the way
  const answer = useActionData<typeof action>();
  return <RoomPage key={page.seminar.id} page={page} letter={letter} problem={answer?.problems.body?.key ?? null} typed={answer?.typed.body ?? ""} />;
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
