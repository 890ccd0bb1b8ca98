import { expect, test } from "vitest";
import { wordsOf } from "#app/i18n/i18n.ts";
import { overheard, roomsAskedFor } from "#app/i18n/rooms.ts";
import en from "#app/i18n/en/index.ts";
import zhCN from "#app/i18n/zh-CN/index.ts";

test.each([["zh-CN", zhCN], ["en", en]] as const)("a page in %s comes with the rooms whose words it used, and those that their sentences borrow from", (locale, words) => {
  const heard = overheard(wordsOf(locale, words));
  heard.reportNamespaces?.addUsedNamespaces(["notices"]);
  expect(roomsAskedFor(heard).sort()).toEqual(["common", "notices", "regions"]);
});
