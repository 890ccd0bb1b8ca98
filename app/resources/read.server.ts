import { listAttachments } from "#db/attachments.ts";
import { findLessonNode } from "#db/curriculum.ts";
import { findNames } from "#db/people.ts";
import { findCurrentVersion, listAttributions, type Resource } from "#db/resources.ts";
import type { Db } from "#db/types.ts";
import { isBlank } from "../plans/content.ts";
import { nodesToRead } from "../plans/read-nodes.ts";

/** Everything that the page of a publication shows, as it was frozen. Sections that hold nothing are left out. */
export async function readResource(db: Db, resource: Resource) {
  const version = await findCurrentVersion(db, resource);
  const process = version?.process ?? { people: [], seminars: [], versions: [], runs: [], reflections: [] };
  const node = resource.lessonNodeId ? await findLessonNode(db, resource.lessonNodeId) : undefined;
  const names = await findNames(db, process.reflections.map((one) => one.personId));
  const attached = version ? await listAttachments(db, "resource_version", version.id) : [];
  return {
    place: node ?? null,
    names: await listAttributions(db, resource.id),
    sections: (version?.content ?? []).filter((section) => !isBlank(section.nodes)).map(({ key, title, nodes }) => ({ key, title, nodes: nodesToRead(nodes) })),
    process: { ...process, reflections: process.reflections.map((one) => ({ name: names.get(one.personId) ?? "", answers: one.answers })) },
    attachments: attached.filter((one) => !one.inline).map(({ id, name }) => ({ id, name })),
  };
}
