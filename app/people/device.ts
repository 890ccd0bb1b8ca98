/** What a browser says of itself, as far as a person recognises her own by it. */
export interface Device {
  system: "windows" | "mac" | "iphone" | "ipad" | "android" | "harmony" | "linux" | "unknown";
  browser: "wechat" | "qq" | "uc" | "edge" | "firefox" | "opera" | "chrome" | "safari" | "unknown";
}

/** The first that fits: nearly all say that they are Chrome and Safari too. */
const SYSTEMS = [["harmony", /OpenHarmony|HarmonyOS/], ["ipad", /iPad/], ["iphone", /iPhone|iPod/], ["android", /Android/], ["windows", /Windows/], ["mac", /Macintosh|Mac OS X/], ["linux", /Linux|X11|CrOS/]] as const;
const BROWSERS = [["wechat", /MicroMessenger/], ["qq", /QQBrowser|\bQQ\//], ["uc", /UCBrowser|UBrowser/], ["edge", /Edg(e|A|iOS)?\//], ["opera", /OPR\//], ["firefox", /Firefox|FxiOS/], ["chrome", /Chrome|CriOS/], ["safari", /Safari/]] as const;

export function deviceOf(userAgent: string): Device {
  const which = <Name extends string>(kinds: readonly (readonly [Name, RegExp])[]) => kinds.find(([, sign]) => sign.test(userAgent))?.[0] ?? ("unknown" as const);
  return { system: which(SYSTEMS), browser: which(BROWSERS) };
}
