declare module "opencc-js/dict/TSCharacters" {
  /** "traditional simplified[ other]|…" */
  const dictionary: string;
  export default dictionary;
}
