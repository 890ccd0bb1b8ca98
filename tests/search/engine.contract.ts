import type { SearchEngine, SearchQuery } from "#search/engine.ts";
import { reindex } from "#search/reindex.ts";
import { afterEach, describe, expect, test } from "vitest";
import { aDocument, shown } from "./documents.ts";

const everybody = [0];

/** What every engine keeps. `open` gives an empty index of its own each time. */
export function keepsTheSearchContract(name: string, open: () => Promise<SearchEngine>): void {
  describe(`${name} keeps the contract of search`, () => {
    const opened: SearchEngine[] = [];
    afterEach(async () => {
      for (const engine of opened.splice(0)) await engine.close();
    });
    async function holding(...documents: Parameters<typeof aDocument>[0][]): Promise<SearchEngine> {
      const engine = await open();
      opened.push(engine);
      await engine.put(documents.map(aDocument));
      return engine;
    }
    const ask = (engine: SearchEngine, text: string, more: Partial<SearchQuery> = {}) => engine.search({ text, accessIds: everybody, ...more });
    const ids = async (engine: SearchEngine, text: string, more: Partial<SearchQuery> = {}) => (await ask(engine, text, more)).hits.map((hit) => hit.id);

    describe("Chinese", () => {
      test.each([
        ["难点", "本课重难点"],
        ["方程", "一元二次方程"],
        ["四边形", "平行四边形的面积"],
        ["说课", "圆的面积说课稿"],
        ["分数", "百分数的认识"],
        ["规模", "乡村小规模学校"],
        ["角", "三角形的内角和"],
        ["的", "认识钟表的一节课"],
      ])("%s is found inside %s, in the title and in the text", async (part, whole) => {
        const engine = await holding({ id: "plan:title", title: whole }, { id: "plan:text", title: "教学设计", sections: [{ key: "process", text: `先看${whole}。` }] }, { id: "plan:other", title: "乒乓球" });
        expect((await ids(engine, part)).sort()).toEqual(["plan:text", "plan:title"]);
      });

      test("pieces that are no words are found too", async () => {
        const engine = await holding({ id: "plan:1", title: "长方形和正方形的周长" });
        expect(await ids(engine, "形和正")).toEqual(["plan:1"]);
        expect(await ids(engine, "方形的周")).toEqual(["plan:1"]);
      });

      test("traditional and simplified characters find each other", async () => {
        const engine = await holding({ id: "plan:t", title: "備課難點與課後反思" }, { id: "plan:s", title: "备课难点与课后反思" });
        expect((await ids(engine, "备课难点")).sort()).toEqual(["plan:s", "plan:t"]);
        expect((await ids(engine, "課後反思")).sort()).toEqual(["plan:s", "plan:t"]);
      });

      test("full-width and half-width, upper and lower case are one", async () => {
        const engine = await holding({ id: "plan:1", title: "ＰＰＴ课件（第２版）" });
        for (const text of ["ppt", "PPT", "ｐｐｔ", "2版", "２版"]) expect(await ids(engine, text)).toEqual(["plan:1"]);
      });

      test("letters and digits are told apart from each other and from Chinese", async () => {
        const engine = await holding({ id: "plan:1", title: "用GeoGebra6画三角形2025春" });
        for (const text of ["geogebra", "2025", "geogebra 三角形", "GeoGebra6"]) expect(await ids(engine, text)).toEqual(["plan:1"]);
      });

      test("words in one query may stand anywhere in the document", async () => {
        const engine = await holding(
          { id: "plan:both", title: "分数的意义", sections: [{ key: "process", text: "用数轴表示。" }], body: "校本研修用" },
          { id: "plan:one", title: "分数的意义" },
        );
        expect(await ids(engine, "分数 数轴 研修")).toEqual(["plan:both"]);
        expect((await ask(engine, "分数数轴")).total).toBe(1);
      });

      test("when nothing has all the words, those with most of them come first, and the answer says so", async () => {
        const engine = await holding({ id: "plan:two", title: "分数除法" }, { id: "plan:one", title: "分数加法" }, { id: "plan:none", title: "认识钟表" });
        const answer = await ask(engine, "分数 除法 鸡兔同笼");
        expect(answer).toMatchObject({ degraded: "any_word", total: 2 });
        expect(answer.hits.map((hit) => hit.id)).toEqual(["plan:two", "plan:one"]);
        expect((await ask(engine, "分数 除法")).degraded).not.toBe("any_word");
      });

      test("what is said otherwise is found, after what is said so", async () => {
        const engine = await holding({ id: "plan:other", title: "分数乘法教学设计", quality: 900 }, { id: "plan:so", title: "分数乘法教案" }, { id: "plan:neither", title: "分数乘法" });
        expect(await ids(engine, "分数乘法教案")).toEqual(["plan:so", "plan:other"]);
      });
    });

    describe("pinyin", () => {
      test("titles are found by how they sound, and by initials, from any character on", async () => {
        const engine = await holding({ id: "plan:1", title: "长方形的面积" }, { id: "plan:2", title: "认识钟表" });
        for (const text of ["changfangxing", "mianji", "cfx", "mj", "chang fang", "ChangFang", "mian"]) expect(await ids(engine, text)).toEqual(["plan:1"]);
      });

      test("Chinese queries do not match what merely sounds alike", async () => {
        const engine = await holding({ id: "plan:1", title: "面积" });
        expect(await ids(engine, "mianji")).toEqual(["plan:1"]);
        expect(await ids(engine, "棉机")).toEqual([]);
      });

      test("the characters that sound so are marked in the title", async () => {
        const engine = await holding({ id: "plan:1", title: "長方形的面积" });
        expect(shown((await ask(engine, "mj")).hits[0]!.title)).toBe("長方形的[面积]");
      });
    });

    describe("order", () => {
      test("titles first, then those that speak of it as a word, then inner pieces", async () => {
        const engine = await holding(
          { id: "plan:inner", title: "植物生长", quality: 900, sections: [{ key: "process", text: "观察光合作用的条件。" }] },
          { id: "plan:word", title: "小组活动", sections: [{ key: "process", text: "学生合作完成。" }] },
          { id: "plan:title", title: "合作学习" },
        );
        expect(await ids(engine, "合作")).toEqual(["plan:title", "plan:word", "plan:inner"]);
      });

      test("of two alike, what was taken up more often comes first", async () => {
        const engine = await holding({ id: "plan:a", title: "圆的周长", quality: 0 }, { id: "plan:b", title: "圆的周长", quality: 40 }, { id: "plan:c", title: "圆的周长", quality: 3 });
        expect(await ids(engine, "圆的周长")).toEqual(["plan:b", "plan:c", "plan:a"]);
        expect(await ids(engine, "")).toEqual(["plan:b", "plan:c", "plan:a"]);
      });
    });

    describe("what it is", () => {
      const shelf = [
        { id: "plan:3", title: "一半", tags: ["三年级上册", "三上", "3年级上册", "人教版", "分数的初步认识", "景宁畲族自治县"], sections: [{ key: "process", text: "折一折，说一说。" }] },
        { id: "plan:text", title: "回顾", sections: [{ key: "process", text: "三年级上册学过分数。" }] },
        { id: "plan:5", title: "一盒鸡蛋", tags: ["五年级下册", "五下", "5年级下册", "人教版"], sections: [{ key: "process", text: "三人一组。" }] },
      ];

      test.each([
        ["三年级上册", ["plan:3", "plan:text"]],
        ["三上", ["plan:3"]],
        ["3年级", ["plan:3"]],
        ["人教版五年级下册", ["plan:5"]],
        ["景宁 一半", ["plan:3"]],
        ["fenshu", ["plan:3"]],
      ])("%s finds by textbook, unit and place, before the text", async (text, expected) => {
        const engine = await holding(...shelf);
        const answer = await ask(engine, text);
        expect(answer.hits.map((hit) => hit.id)).toEqual(expected);
        expect(answer.degraded).not.toBe("any_word");
      });

      test("is never shown in an excerpt, and goes with the document", async () => {
        const engine = await holding(...shelf);
        const [hit] = (await ask(engine, "景宁")).hits;
        expect(shown(hit!.excerpt)).toBe("折一折，说一说。");
        await engine.put([aDocument({ ...shelf[0]!, tags: [] })]);
        expect(await ids(engine, "景宁")).toEqual([]);
      });

      test("of a document that one may not know of leads nowhere", async () => {
        const engine = await holding({ ...shelf[0]!, accessIds: [7] });
        for (const text of ["三上", "景宁", "fenshu"]) {
          expect(await ids(engine, text, { accessIds: [7] })).toEqual(["plan:3"]);
          expect(await ask(engine, text)).toMatchObject({ total: 0, hits: [] });
        }
      });

      test("words that half of all plans have are not taken for an answer when the others are not there", async () => {
        const engine = await holding(...shelf, { id: "plan:other", title: "认识钟表的教学设计" });
        expect(await ids(engine, "六年级")).toEqual([]);
        expect(await ids(engine, "认识鸡兔同笼")).toEqual([]);
        expect(await ask(engine, "认识鸡蛋")).toMatchObject({ hits: [{ id: "plan:5" }], total: 1, degraded: "any_word" });
        expect(await ids(engine, "教学设计 认识")).toEqual(["plan:other"]);
      });
    });

    describe("what a person may not know", () => {
      const documents = [
        { id: "plan:open", title: "分数的意义", facets: { grade: "5", region: ["330000", "330100"] } },
        { id: "plan:group", title: "分数的初步认识", accessIds: [7], facets: { grade: "3", region: ["330000", "330200"] }, sections: [{ key: "process", text: "秘密的折纸活动" }] },
        { id: "plan:nobody", title: "分数草稿", accessIds: [] },
      ];

      test("is there to be found by those who may, and is neither returned nor counted for others", async () => {
        const engine = await holding(...documents);
        const facets = ["grade", "region", "kind"] as const;
        const insider = await ask(engine, "分数", { accessIds: [0, 7], facets });
        expect(insider).toMatchObject({ total: 2, facetCounts: { grade: { 3: 1, 5: 1 }, region: { 330000: 2, 330100: 1, 330200: 1 }, kind: { lesson_plan: 2 } } });
        const stranger = await ask(engine, "分数", { accessIds: [0, 8], facets });
        expect(stranger.hits.map((hit) => hit.id)).toEqual(["plan:open"]);
        expect(stranger).toMatchObject({ total: 1, facetCounts: { grade: { 5: 1 }, region: { 330000: 1, 330100: 1 }, kind: { lesson_plan: 1 } } });
        expect(stranger.facetCounts.grade).not.toHaveProperty("3");
        expect(stranger.facetCounts.region).not.toHaveProperty("330200");
      });

      test("is not looked at for a person without any scope", async () => {
        const engine = await holding(...documents);
        expect((await ask(engine, "分数", { accessIds: [0] })).total).toBe(1);
        expect(await ask(engine, "分数", { accessIds: [], facets: ["grade"] })).toMatchObject({ total: 0, hits: [], facetCounts: { grade: {} } });
      });

      test("does not show in an empty query, in suggestions, or by its sound", async () => {
        const engine = await holding(...documents);
        expect((await ids(engine, "", { accessIds: [0, 7] })).sort()).toEqual(["plan:group", "plan:open"]);
        expect(await ids(engine, "")).toEqual(["plan:open"]);
        const suggested = async (text: string, accessIds: number[]) => (await engine.suggest({ text, accessIds })).map((one) => one.id);
        for (const text of ["初步", "chubu", "fsdcb"]) {
          expect(await suggested(text, [7])).toEqual(["plan:group"]);
          expect(await suggested(text, [0])).toEqual([]);
          expect(await ids(engine, text, { accessIds: [7] })).toEqual(["plan:group"]);
          expect(await ids(engine, text)).toEqual([]);
        }
      });

      test("does not lead to an answer of some words where it has them all", async () => {
        const engine = await holding(...documents);
        expect(await ask(engine, "分数 折纸", { accessIds: [0, 7] })).toMatchObject({ total: 1, hits: [{ id: "plan:group" }] });
        expect(await ask(engine, "分数 折纸")).toMatchObject({ total: 1, hits: [{ id: "plan:open" }], degraded: "any_word" });
        expect(await ask(engine, "折纸活动")).toMatchObject({ total: 0, hits: [] });
      });

      test("is gone as soon as the scope is taken away", async () => {
        const engine = await holding(documents[0]!);
        expect(await ids(engine, "分数")).toEqual(["plan:open"]);
        await engine.put([aDocument({ ...documents[0]!, accessIds: [7] })]);
        expect(await ask(engine, "分数", { facets: ["grade"] })).toMatchObject({ total: 0, hits: [], facetCounts: { grade: {} } });
        expect(await ids(engine, "分数", { accessIds: [7] })).toEqual(["plan:open"]);
      });
    });

    describe("facets", () => {
      const shelf = [
        { id: "plan:1", title: "分数一", facets: { grade: "3", subject: "数学", region: ["330000", "330100"] } },
        { id: "plan:2", title: "分数二", facets: { grade: "5", subject: "数学", region: ["330000", "330200"] } },
        { id: "resource:3", kind: "teaching_case" as const, title: "分数三", facets: { grade: "5", subject: "科学", region: ["330000", "330100"] } },
        { id: "studio:4", kind: "studio" as const, title: "分数研究名师工作室", facets: { stage: ["primary", "junior"], region: ["330000"] } },
      ];

      test("values of one facet widen, facets together narrow", async () => {
        const engine = await holding(...shelf);
        expect((await ids(engine, "分数", { filters: { grade: ["3", "5"] } })).sort()).toEqual(["plan:1", "plan:2", "resource:3"]);
        expect((await ids(engine, "分数", { filters: { grade: ["5"], subject: ["数学"] } })).sort()).toEqual(["plan:2"]);
        expect((await ids(engine, "分数", { filters: { region: ["330000"] } })).length).toBe(4);
        expect((await ids(engine, "分数", { filters: { region: ["330100"] } })).sort()).toEqual(["plan:1", "resource:3"]);
        expect(await ids(engine, "分数", { filters: { stage: ["junior"] } })).toEqual(["studio:4"]);
        expect(await ids(engine, "分数", { filters: { grade: ["6"] } })).toEqual([]);
        expect((await ids(engine, "分数", { filters: { grade: [] } })).length).toBe(4);
      });

      test("each facet is counted as if its own filter were not set", async () => {
        const engine = await holding(...shelf);
        const { total, facetCounts } = await ask(engine, "分数", { filters: { grade: ["5"], subject: ["数学"] }, facets: ["grade", "subject", "kind", "stage"] });
        expect(total).toBe(1);
        expect(facetCounts).toEqual({ grade: { 3: 1, 5: 1 }, subject: { 数学: 1, 科学: 1 }, kind: { lesson_plan: 1 }, stage: {} });
      });

      test("kinds bound the answer and the counts", async () => {
        const engine = await holding(...shelf);
        const answer = await ask(engine, "分数", { kinds: ["teaching_case", "studio"], facets: ["kind"] });
        expect(answer.facetCounts).toEqual({ kind: { teaching_case: 1, studio: 1 } });
        expect(answer.total).toBe(2);
      });

      test("filters with quotes, brackets and operators are values like others", async () => {
        const engine = await holding({ id: "plan:1", title: "分数", facets: { unit: `第"三"单元 OR 1=1 ')`, region: [] } }, { id: "plan:2", title: "分数" });
        expect(await ids(engine, "分数", { filters: { unit: [`第"三"单元 OR 1=1 ')`] } })).toEqual(["plan:1"]);
        expect(await ids(engine, "分数", { filters: { unit: [`x" OR unit != "`] } })).toEqual([]);
      });
    });

    describe("pages", () => {
      test("show each document once, and the total on every page", async () => {
        const engine = await open();
        opened.push(engine);
        await engine.put(Array.from({ length: 130 }, (_, index) => aDocument({ id: `plan:${index}`, title: `分数练习第${index}课` })));
        const seen: string[] = [];
        for (let offset = 0; offset < 150; offset += 50) {
          const page = await ask(engine, "分数练习", { limit: 50, offset });
          expect(page.total).toBe(130);
          seen.push(...page.hits.map((hit) => hit.id));
        }
        expect(new Set(seen).size).toBe(130);
        expect(seen.length).toBe(130);
        expect((await ids(engine, "分数", { limit: 1000 })).length).toBe(50);
        expect((await ids(engine, "分数", { offset: 200 })).length).toBe(0);
      });
    });

    describe("change", () => {
      test("a removed document is not found, removing it again is no fault", async () => {
        const engine = await holding({ id: "plan:1", title: "分数的意义" }, { id: "plan:2", title: "分数的性质" });
        expect((await ids(engine, "分数")).length).toBe(2);
        await engine.remove(["plan:1"]);
        await engine.remove(["plan:1", "plan:unknown"]);
        expect(await ask(engine, "分数", { facets: ["kind"] })).toMatchObject({ total: 1, hits: [{ id: "plan:2" }], facetCounts: { kind: { lesson_plan: 1 } } });
        expect((await engine.state()).documents).toBe(1);
      });

      test("a replaced document is found by its new words only, and once", async () => {
        const engine = await holding({ id: "plan:1", title: "分数的意义", facets: { grade: "5", region: [] } });
        const next = aDocument({ id: "plan:1", title: "小数的意义", facets: { grade: "4", region: [] } });
        await engine.put([next]);
        await engine.put([next, next]);
        expect(await ids(engine, "分数的意义 分数")).toEqual(["plan:1"]);
        expect(await ids(engine, "分数")).toEqual([]);
        expect(await ask(engine, "小数", { facets: ["grade"] })).toMatchObject({ total: 1, facetCounts: { grade: { 4: 1 } } });
      });

      test("nothing is left after clearing", async () => {
        const engine = await holding({ id: "plan:1", title: "分数的意义" });
        expect((await engine.state()).documents).toBe(1);
        await engine.clear();
        expect(await ask(engine, "分数")).toMatchObject({ total: 0, hits: [] });
        expect((await engine.state()).documents).toBe(0);
        await engine.put([aDocument({ id: "plan:2", title: "分数的性质" })]);
        expect(await ids(engine, "分数")).toEqual(["plan:2"]);
      });

      test("a rebuild swaps in what the truth says, with what changed meanwhile", async () => {
        const engine = await holding({ id: "plan:stale", title: "分数旧稿" }, { id: "plan:kept", title: "分数的意义" });
        async function* truth() {
          yield aDocument({ id: "plan:kept", title: "分数的意义" });
          yield aDocument({ id: "plan:withdrawn", title: "分数撤回稿" });
          expect((await ids(engine, "分数")).sort()).toEqual(["plan:kept", "plan:stale"]);
          await engine.put([aDocument({ id: "plan:new", title: "分数新稿" })]);
          await engine.remove(["plan:withdrawn"]);
        }
        expect(await reindex(engine, truth())).toBe(2);
        expect((await ids(engine, "分数")).sort()).toEqual(["plan:kept", "plan:new"]);
        expect(await engine.state()).toMatchObject({ ready: true, documents: 2, rebuild: null });
      });

      test("a rebuild that fails leaves the index as it was", async () => {
        const engine = await holding({ id: "plan:1", title: "分数的意义" });
        async function* truth() {
          yield aDocument({ id: "plan:2", title: "分数的性质" });
          throw new Error("the database went away");
        }
        await expect(reindex(engine, truth())).rejects.toThrow("went away");
        expect(await ids(engine, "分数")).toEqual(["plan:1"]);
      });
    });

    describe("hits", () => {
      test("open at the section where the match is densest, with the original's own characters", async () => {
        const engine = await holding({
          id: "plan:1",
          title: "教学设计",
          sections: [
            { key: "objectives", label: "教学目标", text: "理解意义。分数在后面才会出现。" },
            { key: "difficult_points", label: "教学难点", text: "難點：理解「分數」單位，分數的意義。" },
          ],
        });
        const [hit] = (await ask(engine, "分数的意义")).hits;
        expect(hit).toMatchObject({ section: "difficult_points" });
        expect(shown(hit!.sectionLabel ?? [])).toBe("教学难点");
        expect(shown(hit!.excerpt)).toContain("[分數]的[意義]");
      });

      test("open under the heading that was asked for, where that holds something", async () => {
        const engine = await holding(
          { id: "plan:full", title: "分数的意义", sections: [{ key: "standard", label: "课标要求", text: "分数、分数、分数。" }, { key: "difficult_points", label: "教学难点", text: "份数与每份的个数容易混淆。" }] },
          { id: "plan:empty", title: "分数的意义", sections: [{ key: "standard", label: "课标要求", text: "分数" }, { key: "difficult_points", label: "教学难点", text: " " }] },
          { id: "plan:says", title: "分数的意义", sections: [{ key: "process", label: "教学过程", text: "分数的难点在单位。" }] },
        );
        const { hits, degraded } = await ask(engine, "分数 难点");
        expect(degraded).not.toBe("any_word");
        expect(hits.map((hit) => [hit.id, hit.section])).toEqual([["plan:says", "process"], ["plan:full", "difficult_points"]]);
        expect(shown(hits[1]!.sectionLabel ?? [])).toBe("教学[难点]");
        expect(await ids(engine, "份数 难点", { sectionKey: "difficult_points" })).toEqual(["plan:full"]);
        expect(await ids(engine, "难点", { sectionKey: "standard" })).toEqual([]);
      });

      test("of the title alone open at no section", async () => {
        const engine = await holding({ id: "plan:1", title: "分数的意义", sections: [{ key: "process", text: "出示圆片。" }] });
        const [hit] = (await ask(engine, "意义")).hits;
        expect(hit).toMatchObject({ section: null });
        expect(shown(hit!.title)).toBe("分数的[意义]");
        expect(shown(hit!.excerpt)).toBe("出示圆片。");
      });

      test("can be asked of one section only", async () => {
        const engine = await holding(
          { id: "plan:1", title: "一", sections: [{ key: "difficult_points", text: "分数单位" }, { key: "process", text: "折纸" }] },
          { id: "plan:2", title: "二", sections: [{ key: "difficult_points", text: "通分" }, { key: "process", text: "分数单位" }] },
        );
        expect((await ids(engine, "分数单位")).length).toBe(2);
        const answer = await ask(engine, "分数单位", { sectionKey: "difficult_points" });
        expect(answer.hits.map((hit) => [hit.id, hit.section])).toEqual([["plan:1", "difficult_points"]]);
        expect(answer.total).toBe(1);
        expect(await ids(engine, "位", { sectionKey: "process" })).toEqual(["plan:2"]);
        expect(await ids(engine, "分数", { sectionKey: "no_such_section" })).toEqual([]);
      });

      test("markup in a document stays text", async () => {
        const engine = await holding({ id: "plan:1", title: "<b>分数</b>", body: "<script>alert('分数')</script>" });
        const [hit] = (await ask(engine, "分数")).hits;
        expect(shown(hit!.title)).toBe("<b>[分数]</b>");
        expect(shown(hit!.excerpt)).toBe("<script>alert('[分数]')</script>");
      });
    });

    describe("typing", () => {
      test("a beginning is enough in suggestions and with prefixLast", async () => {
        const engine = await holding({ id: "plan:1", title: "GeoGebra与平行四边形" });
        expect(await ids(engine, "geog")).toEqual([]);
        expect(await ids(engine, "geog", { prefixLast: true })).toEqual(["plan:1"]);
        expect((await engine.suggest({ text: "geog", accessIds: everybody })).map((one) => shown(one.title))).toEqual(["[GeoG]ebra与平行四边形"]);
        expect((await engine.suggest({ text: "平行四", accessIds: everybody })).map((one) => one.id)).toEqual(["plan:1"]);
        expect((await engine.suggest({ text: "pxs", accessIds: everybody })).map((one) => shown(one.title))).toEqual(["GeoGebra与[平行四]边形"]);
      });
    });

    describe("hostile queries", () => {
      test.each([
        ["quotes", `"分数" '分数' ""`],
        ["operators of full-text languages", "分数 AND OR NOT NEAR(分数, 3) title:分数 ^分数 分* -分数 {a b}: + |"],
        ["SQL", "'; drop table document; --"],
        ["a filter", `分数" OR accessIds = 7 OR "`],
        ["ten thousand characters", "分数的意义".repeat(2000)],
        ["ten thousand letters", "a".repeat(10_000)],
        ["ten thousand spaces", " ".repeat(10_000)],
        ["emoji", "👩‍🏫分数🧮👨‍👩‍👧‍👦"],
        ["half an emoji", "\ud83d分数\udc00"],
        ["control characters", "分\u0000数\u0007\u001b[31m\u202e分数\ufeff"],
        ["punctuation only", "！？。，、“”——…·*()[]{}\\/%_"],
        ["combining marks", "e\u0301\u0301\u0301\u0301分数\u0300"],
        ["a pile of characters", Array.from({ length: 3000 }, (_, index) => String.fromCodePoint(0x4e00 + index)).join("")],
        ["words of no language", "constructor __proto__ toString hasOwnProperty"],
      ])("%s are answered", async (_, text) => {
        const engine = await holding({ id: "plan:1", title: "分数的意义" }, { id: "plan:hidden", title: "分数秘密", accessIds: [7] });
        const answer = await ask(engine, text, { facets: ["kind", "region"] });
        expect(answer.degraded).not.toBe("unavailable");
        expect(answer.hits.map((hit) => hit.id)).not.toContain("plan:hidden");
        await engine.suggest({ text, accessIds: everybody });
        expect(await ids(engine, "分数")).toEqual(["plan:1"]);
      });

      test("numbers out of range are taken as the nearest that make sense", async () => {
        const engine = await holding({ id: "plan:1", title: "分数的意义" });
        expect((await ask(engine, "分数", { limit: -5, offset: -3 })).hits.length).toBe(1);
        expect((await ask(engine, "分数", { limit: Number.NaN, offset: Number.POSITIVE_INFINITY })).total).toBe(1);
      });

      test("documents may hold anything", async () => {
        const nasty = `\u0000"'*()分数\ud83d ${"很".repeat(30_000)} ${"x".repeat(30_000)} 👩‍🏫`;
        const engine = await holding({ id: "plan:1", title: nasty.slice(0, 500), sections: [{ key: `process."p1' OR`, text: nasty }], body: nasty });
        expect(await ids(engine, "分数")).toEqual(["plan:1"]);
        expect(await ids(engine, "很很", { sectionKey: `process."p1' OR` })).toEqual(["plan:1"]);
      });
    });
  });
}
