/** Texts that attack the page, the reader, or the limits. */
export const HOSTILE_TEXTS = {
  markup: '<img src=x onerror="globalThis.wasRun = true"><script>globalThis.wasRun = true</script><b>bold</b>',
  template: '{{constructor.constructor("globalThis.wasRun = true")()}} ${globalThis.wasRun = true} {count, plural}',
  rightToLeft: 'Pay \u202Eexe.ecioVni\u202C now \u2066isolated\u2069',
  zeroWidth: 'in\u200Bvisi\u200Cble\u2060 wo\uFEFFrds',
} as const;

/** The longest text that a field may be given by pasting. */
export const ENDLESS = 'Lorem ipsum 😀 '.repeat(6_700).slice(0, 100_000);
