/** What a form of text may take, in bytes: the longest text that any page asks for takes a hundredth of it. */
export const LONGEST_FORM = 16 * 1024 * 1024;
