import { cpSync } from "node:fs";
import { cookiesOf, plansOf, provinceFolder, provinceServer } from "../province/house.ts";
import { type House, ourHouse } from "../readers/house.ts";

/** A server in a folder of its own, with a plan that people write. */
export interface Place {
  house: House;
  url: string;
  /** The file of its database, in its folder. */
  database: string;
  /** What its commands are told besides the folder. */
  words: readonly string[];
}

/** @param percent of the province; 0: the demonstration */
export async function openPlace(percent: number, dataDir: string, say: (line: string) => void): Promise<Place> {
  if (percent === 0) {
    const house = await ourHouse({ dataDir });
    return { house, url: `http://127.0.0.1:${house.port}`, database: "demo.sqlite", words: [] };
  }
  cpSync(await provinceFolder(percent, say), dataDir, { recursive: true });
  const server = await provinceServer(dataDir);
  const [plan] = plansOf(server, 1);
  if (!plan) throw new Error("the province has no plan");
  const owner = await cookiesOf(server, [plan.ownerId]);
  const house = { name: "Tongyan", port: server.port, pid: server.pid, document: `plan:${plan.id}`, writers: owner, readers: [], stop: () => server.stop() };
  return { house, url: server.url, database: "tongyan.sqlite", words: ["--production"] };
}
