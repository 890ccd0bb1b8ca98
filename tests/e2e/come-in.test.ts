import { expect, onTestFinished, test } from "vitest";
import { startBrowser } from "#tests/e2e/browser.ts";
import { appointsOver, becomesOperator, entersSchool } from "#tests/e2e/journey/founding.ts";
import { aTeacherAt, PASSWORD, type Teacher } from "#tests/e2e/journey/people.ts";
import { running } from "#tests/e2e/running.ts";

const SCHOOL = { name: "云岭乡中心小学", county: "景宁畲族自治县", locale: "乡村" };

/** Passes the browser's own checks by, as an older one would, so that the server's words are seen. */
const unchecked = (teacher: Teacher) => teacher.page.evaluate(() => document.querySelectorAll("form").forEach((form) => (form.noValidate = true)));

test("a teacher comes in at a new installation: by a link, in a language, with a consent of her own, confirmed, and with an account that she can correct", async () => {
  const server = await running({ mode: "production", env: { LOG_LEVEL: "info" } });
  onTestFinished(() => server.stop());
  const browser = await startBrowser();
  onTestFinished(() => browser.close());
  const teacher = (name: string) => aTeacherAt(browser, server.url, name);

  // The printed link makes one operator; the home says what comes first, and the officer's what came of it.
  const operator = await teacher("钱守正");
  await becomesOperator(operator, server.said());
  await operator.page.goto("/");
  await operator.reads("先任命一位区域管理员");
  const visitor = await teacher("路人");
  await visitor.page.goto(/\/setup\/\S+/.exec(server.said())?.[0] ?? "");
  await visitor.reads("这里没有您要找的");

  // A link to a page inside leads to the sign-in; the language is changed there, and nothing of the way is lost.
  const lan = await teacher("蓝小满");
  await lan.page.goto("/lessons?from=colleague");
  await lan.press("English");
  await lan.page.getByRole("heading", { name: "Sign in" }).waitFor();
  await lan.press("中文");
  await lan.follow("还没有账号？注册一个");
  await lan.fill("姓名", lan.name);
  await lan.fill("邮箱、手机号或工号", "138 0571 0001");
  await lan.fill("密码", "短");
  expect(await lan.page.getByRole("checkbox", { checked: true }).count()).toBe(0);
  await unchecked(lan);
  await lan.press("注册");
  await lan.reads("不同意这一项就没法使用同研");
  await lan.reads("太短了，至少 8 个字");
  expect(await lan.field("邮箱、手机号或工号").inputValue()).toBe("138 0571 0001");
  await lan.fill("密码", PASSWORD);
  await lan.page.getByRole("checkbox", { name: /我同意同研/ }).check();
  await lan.press("注册");
  await lan.page.waitForURL((address) => address.pathname + address.search === "/lessons?from=colleague");

  // Nobody can confirm who has no school: home says so, and the officer's home says who waits.
  await lan.page.goto("/");
  await lan.reads("填上您的学校");
  const officer = await teacher("蓝远");
  await officer.page.goto("/register");
  await officer.fill("姓名", officer.name);
  await officer.fill("邮箱、手机号或工号", "lan@example.org");
  await officer.fill("密码", PASSWORD);
  await officer.page.getByRole("checkbox", { name: /我同意同研/ }).check();
  await officer.press("注册");
  await officer.page.waitForURL((address) => address.pathname === "/");
  await appointsOver(operator, "丽水市", officer);
  await entersSchool(officer, SCHOOL);
  await lan.follow("去填");
  await lan.choose("县（市、区）", SCHOOL.county);
  await lan.page.locator("select[name=school]:enabled").waitFor();
  await lan.choose("学校", SCHOOL.name);
  await lan.press("保存");
  await lan.page.waitForURL((address) => address.pathname === "/me");
  await lan.page.goto("/studios/new");
  await lan.reads("等学校确认后就可以");
  await officer.page.goto("/");
  await officer.reads("1 位老师等您确认身份");
  await officer.follow("去确认");
  await officer.page.getByRole("button", { name: "确认是这所学校的老师" }).click();
  await officer.page.getByText("等您确认的老师").waitFor({ state: "detached" });
  await lan.page.goto("/inbox");
  await lan.reads("学校确认了您的身份，现在可以受聘和发表了");

  // She sees what she agreed to, and corrects what she signs in with; the old number opens nothing.
  await lan.page.goto("/me/consents");
  await lan.page.getByRole("listitem").filter({ hasText: "按姓名找到我" }).getByRole("button", { name: "同意" }).click();
  await lan.page.getByRole("listitem").filter({ hasText: "按姓名找到我" }).getByRole("button", { name: "撤回" }).waitFor();
  await lan.page.goto("/me/data");
  await lan.follow("改登录账号");
  await lan.fill("手机", "13905710009");
  await lan.fill("现在的密码", "不是这个密码");
  await lan.press("保存");
  await lan.reads("密码不对，请再试一次。");
  expect(await lan.field("手机").inputValue()).toBe("13905710009");
  await lan.fill("现在的密码", PASSWORD);
  await lan.press("保存");
  await lan.page.waitForURL((address) => address.pathname === "/me/data");
  await lan.reads("13905710009");
  await lan.page.goto("/me");
  await lan.press("退出");
  await lan.page.getByRole("link", { name: "登录" }).first().waitFor();
  const signsIn = async (login: string) => {
    await lan.page.goto("/sign-in");
    await lan.fill("邮箱、手机号或工号", login);
    await lan.fill("密码", PASSWORD);
    await lan.page.getByRole("main").getByRole("button", { name: "登录" }).click();
  };
  await signsIn("13805710001");
  await lan.reads("账号或密码不对。请检查后再试。");
  await signsIn("139-0571-0009");
  await lan.page.waitForURL((address) => address.pathname === "/");
}, 400_000);
