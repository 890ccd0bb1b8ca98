import { expect, onTestFinished, test } from "vitest";
import { codeAt } from "#app/people/totp.server.ts";
import { DEMO_PASSWORD, demoLogin } from "#server/demo/people.ts";
import { aPersonAtTheScreen, startBrowser } from "#tests/e2e/browser.ts";
import { PATIENT } from "#tests/e2e/journey/people.ts";
import { running } from "#tests/e2e/running.ts";

test("a teacher turns on the second factor, keeps her recovery codes, and comes in by a code, then without her phone and without a script", async () => {
  const server = await running({ patience: 240_000 });
  onTestFinished(() => server.stop());
  const browser = await startBrowser();
  onTestFinished(() => browser.close());
  const lin = await aPersonAtTheScreen(browser, server.url);
  lin.page.setDefaultTimeout(PATIENT.timeout);
  await lin.signInAsDemo("lin-yutong");
  await lin.page.goto("/me/data");
  await lin.page.getByRole("link", { name: "两步登录" }).click();
  await lin.page.getByRole("link", { name: "开启两步登录" }).click();
  await lin.page.getByLabel("现在的密码").fill(DEMO_PASSWORD);
  await lin.page.getByRole("button", { name: "下一步" }).click();
  const code = lin.page.getByLabel("验证码");
  await code.waitFor();
  // The page goes on without being loaded anew: what was typed into the field before must not stand here.
  expect(await code.inputValue()).toBe("");
  expect(await lin.page.getByRole("img", { name: "二维码" }).boundingBox()).toMatchObject({ width: 200, height: 200 });
  const secret = (await lin.page.locator("main p.font-mono").innerText()).replaceAll(/\s/g, "");
  expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  const shows = (ahead = 0) => codeAt(secret, Math.floor(Date.now() / 30_000) + ahead);
  await code.fill(shows());
  await lin.page.getByRole("button", { name: "开启两步登录" }).click();
  await lin.page.getByRole("heading", { name: "把恢复码存好" }).waitFor();
  const codes = await lin.page.locator("main ol li").allInnerTexts();
  expect(codes).toHaveLength(8);
  await lin.page.getByRole("link", { name: "存好了" }).click();
  await lin.page.getByText("恢复码还剩 8 个").waitFor();
  expect(lin.errors).toEqual([]);

  const elsewhere = await aPersonAtTheScreen(browser, server.url, { javaScriptEnabled: false });
  elsewhere.page.setDefaultTimeout(PATIENT.timeout);
  for (const [who, given] of [[lin, () => shows(1)], [elsewhere, () => codes[0] ?? ""]] as const) {
    await who.context.clearCookies();
    await who.page.goto("/sign-in?back=/lessons");
    await who.page.locator("input[name=login]").fill(demoLogin("lin-yutong"));
    await who.page.locator("input[name=password]").fill(DEMO_PASSWORD);
    await who.page.locator("form:has(input[name=login]) button").first().click();
    await who.page.waitForURL((address) => address.pathname === "/sign-in/code");
    expect(await who.page.getByLabel("验证码").inputValue()).toBe("");
    await who.page.getByLabel("验证码").fill(given());
    await who.page.getByRole("main").getByRole("button", { name: "登录" }).click();
    await who.page.waitForURL((address) => address.pathname === "/lessons");
  }
}, 400_000);
