import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { nodesFromBlocks } from "#app/plans/content.ts";
import { PlanBody } from "#app/plans/plan-body.tsx";

test("what was written is read as it was written", () => {
  const html = renderToStaticMarkup(<PlanBody nodes={nodesFromBlocks([{ h: "导入" }, { p: "先**折**一折" }, { ul: ["绳子", "纸"] }, { table: [["环节", "活动"], ["导入", "圈一圈"]] }])} />);
  expect(html).toContain("<strong>折</strong>");
  expect(html).toContain("<h3>导入</h3>");
  expect(html).toMatch(/<ul><li>绳子/);
  expect(html).toMatch(/<th><p>环节<\/p><\/th>/);
  expect(html).toMatch(/<td><p>圈一圈<\/p><\/td>/);
});

test("a row of names is the head of its table, which paper repeats on each page; a table without one has none", () => {
  const table = (rows: string[][]) => nodesFromBlocks([{ table: rows }]);
  const html = renderToStaticMarkup(<PlanBody nodes={table([["环节", "活动"], ["导入", "圈一圈"]])} />);
  expect(html).toMatch(/<thead><tr><th>.*环节.*<\/thead><tbody><tr><td>.*导入/);
  const alone = renderToStaticMarkup(<PlanBody nodes={table([["环节", "活动"]])} />);
  expect(alone).not.toContain("<thead>");
  expect(alone).toContain("环节");
});

test("nothing that is written becomes markup, and no address runs anything", () => {
  const text = (words: string) => ({ type: "text", text: words, format: 0 });
  const html = renderToStaticMarkup(
    <PlanBody nodes={[{ type: "paragraph", children: [text("<script>alert(1)</script>"), { type: "link", url: "javascript:alert(1)", children: [text("点我")] }, { type: "link", url: "https://example.cn", children: [text("课本")] }] }, { type: "iframe", children: [text("框")] }]} />,
  );
  expect(html).not.toMatch(/<script|javascript:|<iframe/);
  expect(html).toContain("点我");
  expect(html).toContain('href="https://example.cn"');
});
