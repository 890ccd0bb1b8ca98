import type { Bench } from "./bench.ts";

/** Every bench by name, loaded when it is asked for. */
export const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  durability: async () => (await import("./durability.ts")).durability,
  powercut: async () => (await import("./powercut.ts")).powercut,
  province: async () => (await import("./province.ts")).province,
  queries: async () => (await import("./queries.ts")).queries,
  studio: async () => (await import("./studio.ts")).studio,
  replay: async () => (await import("./replay.ts")).replay,
  web: async () => (await import("./web.ts")).web,
  recall: async () => (await import("./recall.ts")).recall,
  search: async () => (await import("./search.ts")).search,
  typing: async () => (await import("./typing.ts")).typing,
  access: async () => (await import("./access.ts")).access,
  weight: async () => (await import("./weight.ts")).weight,
  hostile: async () => (await import("./hostile.ts")).hostile,
  memory: async () => (await import("./memory.ts")).memory,
  restore: async () => (await import("./restore.ts")).restore,
  live: async () => (await import("./live.ts")).live,
  readers: async () => (await import("./readers.ts")).readers,
  propagation: async () => (await import("./propagation.ts")).propagation,
  doors: async () => (await import("./doors.ts")).doors,
  processes: async () => (await import("./processes.ts")).processes,
};
