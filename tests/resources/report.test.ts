import { expect, test } from "vitest";
import { resourceFor, resourceSeenBy } from "#app/resources/access.server.ts";
import { closeCases, listOpenCases, reportResource } from "#app/resources/report.server.ts";
import { takeDownResource } from "#app/resources/withdraw.server.ts";
import { loader as moderation } from "#app/routes/moderation/route.tsx";
import { action as report } from "#app/routes/resources.$resourceId.report/route.tsx";
import { listNotices } from "#db/notices.ts";
import type { Viewer } from "#db/viewer.ts";
import { aForm } from "#tests/context.ts";
import { aGrant, aTeacher } from "#tests/factories.ts";
import { aShelf, publish, visiting } from "./setting.ts";

async function reported() {
  const shelf = await aShelf();
  const { db, outsider, stranger } = shelf;
  const resourceId = await publish(shelf);
  const moderator = await aGrant(db, await aTeacher(db, { name: "唐晚樱" }), "moderator", "system");
  const say = async (who: Viewer) => reportResource(db, who, await resourceFor(db, who, "report", resourceId), { ground: "pupil_privacy", detail: "第二课时的照片里有姓名贴。" });
  await say(outsider);
  await say(outsider);
  await say(stranger);
  const open = (who: Viewer) => moderation({ request: new Request("http://localhost/moderation"), params: {}, context: visiting(db, who) });
  const kinds = async (who: Viewer) => (await listNotices(db, who.id, { limit: 50 })).filter((one) => /^(resource|report)\./.test(one.kind)).map((one) => one.kind);
  return { ...shelf, resourceId, moderator, open, kinds };
}

test("anybody signed in reports; moderators see the queue, each report once, and nobody else knows of it", async () => {
  const { open, kinds, moderator, lead, head, master, outsider } = await reported();
  expect((await open(moderator)).cases).toMatchObject([{ ground: "pupil_privacy" }, { ground: "pupil_privacy" }]);
  expect(await kinds(moderator)).toEqual(["resource.reported"]);
  for (const who of [lead, head, master, outsider]) await expect(open(who)).rejects.toMatchObject({ status: 404 });
  expect((await kinds(lead)).filter((kind) => kind.includes("report"))).toEqual([]);
});

test("a report without a word to it comes back as it was typed, one's own work is not reported", async () => {
  const { db, resourceId, outsider, lead } = await reported();
  const press = (who: Viewer, fields: Record<string, string>) => report({ request: aForm(`/resources/${resourceId}/report`, fields), params: { resourceId }, context: visiting(db, who) });
  expect(await press(outsider, { ground: "wrong", reason: "错" })).toMatchObject({ init: { status: 422 }, data: { typed: { ground: "wrong", reason: "错" }, problems: { reason: expect.anything() } } });
  await expect(press(lead, { ground: "wrong", reason: "内容有错，请看。" })).rejects.toMatchObject({ status: 403 });
});

test("left as it is: the queue is empty, those who reported are told, the publication stays", async () => {
  const { db, moderator, resourceId, outsider, stranger, lead, kinds } = await reported();
  await closeCases(db, moderator, await resourceFor(db, moderator, "moderate", resourceId), "dismissed", "");
  expect(await listOpenCases(db)).toEqual([]);
  for (const who of [outsider, stranger]) expect(await kinds(who)).toEqual(["report.dismissed"]);
  expect(await kinds(lead)).toEqual(["resource.approved"]);
  expect(await resourceSeenBy(db, null, resourceId)).toMatchObject({ state: "published" });
});

test("taken down: gone for all but its author, who reads why; only moderators may", async () => {
  const { db, moderator, resourceId, outsider, master, lead } = await reported();
  for (const who of [outsider, master, lead]) await expect(resourceFor(db, who, "moderate", resourceId)).rejects.toMatchObject({ status: 403 });
  const resource = await resourceFor(db, moderator, "moderate", resourceId);
  await takeDownResource(db, moderator, resource, "请先遮住姓名贴。");
  await closeCases(db, moderator, resource, "actioned", "请先遮住姓名贴。");
  for (const who of [null, outsider, master]) await expect(resourceSeenBy(db, who, resourceId)).rejects.toMatchObject({ status: 404 });
  expect(await resourceSeenBy(db, lead, resourceId)).toMatchObject({ state: "taken_down", stateReason: "请先遮住姓名贴。" });
});
