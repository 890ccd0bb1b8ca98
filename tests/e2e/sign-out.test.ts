import { expect, onTestFinished, test } from "vitest";
import { aPersonAtTheScreen, startBrowser } from "#tests/e2e/browser.ts";
import { running } from "#tests/e2e/running.ts";

test("on a narrow phone and without a script, one press signs out, and the machine that was left opens nothing more", async () => {
  const server = await running();
  onTestFinished(() => server.stop());
  const browser = await startBrowser();
  onTestFinished(() => browser.close());
  const { page, signInAsDemo } = await aPersonAtTheScreen(browser, server.url, { viewport: { width: 360, height: 740 }, javaScriptEnabled: false });
  for (const path of ["/", "/lessons", "/me/evidence"]) {
    await signInAsDemo("lin-yutong");
    await page.goto(path);
    const out = page.getByRole("button", { name: "退出", exact: true });
    expect(await out.boundingBox(), path).toMatchObject({ width: expect.closeTo(44, 0), height: expect.closeTo(44, 0) });
    expect(await page.evaluate("document.documentElement.scrollWidth"), path).toBe(360);
    await out.click();
    await page.waitForURL((address) => address.pathname === "/sign-in");
    await page.goto("/me");
    expect(new URL(page.url()).pathname, path).toBe("/sign-in");
  }
});
