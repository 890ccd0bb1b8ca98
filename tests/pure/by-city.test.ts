import { expect, test } from "vitest";
import { byCity } from "#app/regions/by-city.ts";

const region = (name: string, level: string) => ({ id: name, name, level });

test("counties stand with their city, a province by itself", () => {
  const zhejiang = region("浙江省", "province");
  const [hangzhou, gongshu, lishui, jingning] = [region("杭州市", "city"), region("拱墅区", "county"), region("丽水市", "city"), region("景宁畲族自治县", "county")];
  expect(byCity([zhejiang, hangzhou, gongshu, lishui, jingning])).toEqual([
    { city: null, regions: [zhejiang] },
    { city: "杭州市", regions: [hangzhou, gongshu] },
    { city: "丽水市", regions: [lishui, jingning] },
  ]);
});

test("counties without their city are offered as they come", () => {
  const [gongshu, jingning] = [region("拱墅区", "county"), region("景宁畲族自治县", "county")];
  expect(byCity([gongshu, jingning])).toEqual([{ city: null, regions: [gongshu, jingning] }]);
});

test("after a city the next province opens a group of its own", () => {
  const [hangzhou, jiangsu] = [region("杭州市", "city"), region("江苏省", "province")];
  expect(byCity([hangzhou, jiangsu])).toEqual([{ city: "杭州市", regions: [hangzhou] }, { city: null, regions: [jiangsu] }]);
});
