import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { DEMO_PASSWORD, demoLogin } from "#server/demo/people.ts";

const QUIET = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-quic"];
const FAKE_MEDIA = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", "--autoplay-policy=no-user-gesture-required"];

export const CHROMIUM = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";

/** One Chromium, that of the machine. `media`: camera and microphone that Chromium makes up. `trusting`: a certificate may be anybody's. */
export function startBrowser({ media = false, trusting = false } = {}): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: [...QUIET, ...(media ? FAKE_MEDIA : []), ...(trusting ? ["--ignore-certificate-errors"] : [])] });
}

export interface PersonAtTheScreen {
  context: BrowserContext;
  page: Page;
  /** What the console called an error and what no script caught, since the beginning. */
  errors: string[];
  /** Through the sign-in page. */
  signInAs(login: string, password: string): Promise<void>;
  /** As somebody of the demonstration, by key: `lin-yutong`. */
  signInAsDemo(key: string): Promise<void>;
}

/** A context of one person: their language, colours and screen. */
export async function aPersonAtTheScreen(browser: Browser, url: string, given: BrowserContextOptions = {}): Promise<PersonAtTheScreen> {
  const context = await browser.newContext({ baseURL: url, locale: "zh-CN", colorScheme: "light", timezoneId: "Asia/Shanghai", viewport: { width: 1280, height: 800 }, ...given });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(`${page.url()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => errors.push(`${page.url()}: ${error.message}`));
  const signInAs = async (login: string, password: string) => {
    await page.goto("/sign-in");
    await page.locator("input[name=login]").fill(login);
    await page.locator("input[name=password]").fill(password);
    await Promise.all([page.waitForURL((address) => !address.pathname.startsWith("/sign-in")), page.locator("form:has(input[name=login]) button").first().click()]);
  };
  return { context, page, errors, signInAs, signInAsDemo: (key) => signInAs(demoLogin(key), DEMO_PASSWORD) };
}
