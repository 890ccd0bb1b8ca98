const SAFE = new Set(["http:", "https:", "mailto:"]);

/** Whether an address may stand in a plan: a page or a mailbox, nothing that runs. */
export function isSafeLink(address: string): boolean {
  try {
    return SAFE.has(new URL(address).protocol);
  } catch {
    return false;
  }
}

/** What a person typed as an address, made whole; undefined when it may not stand in a plan. */
export function safeLink(typed: string): string | undefined {
  const address = typed.trim();
  if (/^[^\s@/:]+@[^\s@/]+\.[^\s@/]+$/.test(address)) return `mailto:${address}`;
  if (isSafeLink(address)) return address;
  const whole = `https://${address}`;
  return /^[\w-]+(\.[\w-]+)+([/?#:].*)?$/.test(address) && isSafeLink(whole) ? whole : undefined;
}
