import { refusalInWords } from '../core/words.ts';

const words = refusalInWords({ reason: 'launchNeeded', values: {} });

/**
 * The page for who comes without a token: it says how to get in. It loads nothing.
 * @param nonce of the answer's content security policy, for its few lines of style
 */
export const launchNeededPage = (nonce: string): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Countersign</title>
<style nonce="${nonce}">
:root { color-scheme: light dark; font: 16px/26px system-ui, sans-serif; }
main { max-width: 34rem; margin: 15vh auto 0; padding: 0 24px; }
h1 { font-size: 16px; margin: 0 0 8px; }
p { margin: 0; }
</style>
<main>
<h1>Countersign</h1>
<p>${words}</p>
</main>
</html>
`;
