import { isNoRoom } from "#db/errors.ts";

/** Something that whoever starts the server must mend; its message is for them. */
export class CannotStart extends Error {
  override readonly name = "CannotStart";
}

/** Why a server did not start, for whoever reads the screen or the journal; undefined for a fault, which is shown as it is. */
export function whyNot(error: unknown, dataDir: string): string | undefined {
  if (error instanceof CannotStart) return `同研：没有启动。${error.message}`;
  if (isNoRoom(error)) return `同研：磁盘满了，没有启动。原有的数据一点没动，也没有什么只做了一半。请给 ${dataDir}（数据库在别处的，给数据库那块磁盘）腾出地方，再启动一次，就会接着做。(The disk is full: nothing was changed. Make room and start again.)`;
  return undefined;
}
