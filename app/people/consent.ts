/** The version of the text that people agree to; it changes when the text does, and then they are asked again. */
export const CONSENT_VERSION = "2026-11";

/** What personal data is used for, each agreed to by itself. The first two are what the platform does at all. */
export const CONSENT_PURPOSES = ["service", "evidence", "display_name"] as const;
export type ConsentPurpose = (typeof CONSENT_PURPOSES)[number];
export const REQUIRED_PURPOSES: readonly ConsentPurpose[] = ["service", "evidence"];
