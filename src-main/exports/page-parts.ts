/** The pieces of which every exported page is made. Such a page opens without the program and loads nothing. */

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text to HTML. Everything that came from outside goes through here. */
export const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);

/** JSON that can stand in a script element whatever it says. */
export const jsonForScript = (value: unknown): string =>
  JSON.stringify(value)
    .replace(/</g, '\\u003c')
    .replace(/[\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`);

export const shortHash = (hash: string): string => `${hash.slice(0, 4)} ${hash.slice(4, 8)}`;

const STYLE = `
:root{color-scheme:light;font:15px/1.55 system-ui,sans-serif;color:#1c1a18;background:#fff}
body{max-width:860px;margin:40px auto;padding:0 24px}
h1{font-size:22px;line-height:1.3;margin:0 0 8px}h2{font-size:16px;margin:36px 0 8px;padding-top:16px;border-top:1px solid #e2dfda}
h3{font-size:14px;margin:20px 0 4px}p{margin:4px 0}.soft{color:#57524c}.mono{font:12px/1.5 ui-monospace,monospace;overflow-wrap:anywhere}
dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 16px;margin:12px 0}dt{color:#67615a}dd{margin:0}
.text{white-space:pre-wrap;overflow-wrap:anywhere;border-left:2px solid #8f8a83;padding:4px 12px;margin:8px 0}
ol{padding:0;list-style:none}li{padding:6px 0;border-bottom:1px solid #e2dfda;break-inside:avoid}
pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#f7f6f4;padding:8px;margin:4px 0;font:11px/1.5 ui-monospace,monospace}
table{border-collapse:collapse;width:100%;margin:8px 0}th,td{text-align:start;vertical-align:top;padding:3px 12px 3px 0;border-bottom:1px solid #e2dfda}th{color:#67615a;font-weight:normal}td:first-child{font-variant-numeric:tabular-nums}
details{margin:6px 0}summary{cursor:default}
@media print{body{margin:0;max-width:none}details{display:block}details::details-content{content-visibility:visible;block-size:auto}h2{break-after:avoid}}`;

export const fact = (term: string, value: string): string => `<dt>${escape(term)}</dt><dd>${value}</dd>`;

export const passage = (text: string, language: string | null): string =>
  `<div class="text" dir="auto"${language ? ` lang="${escape(language)}"` : ''}>${escape(text)}</div>`;

/** The beginning of a page: its head forbids it scripts and everything from outside. */
export const pageHead = (title: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><meta name="viewport" content="width=device-width"><title>${escape(title)}</title><style>${STYLE}</style></head><body>
<h1>${escape(title)}</h1>
`;

export const PAGE_END = '</body></html>\n';

/** A whole page; `data` stands in it as JSON. */
export const pageOf = (title: string, body: string, data: unknown): string =>
  `${pageHead(title)}${body}
<script type="application/json" id="proof">${jsonForScript(data)}</script>
${PAGE_END}`;
