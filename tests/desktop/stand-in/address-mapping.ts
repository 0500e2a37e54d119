// Stock Chromium cannot be taught a standard scheme: it hands `app:` to the operating system. So a page that the program
// loads from app://countersign really stands at https://countersign.app.invalid, a secure origin whose name can never
// exist (RFC 6761), and every address is mapped on its way between page and program. The gate, the navigation rules and
// the protocol handler see app: addresses alone.

const PAGE_PATTERN = /^(blob:)?https:\/\/([a-z0-9-]+)\.app\.invalid(?=\/|$)/;
const PROGRAM_PATTERN = /^(blob:)?app:\/\/([a-z0-9-]+)(?=\/|$)/;

/** An address or origin of the page, as the program must see it. */
export const toProgram = (address: string): string => address.replace(PAGE_PATTERN, '$1app://$2');

/** An address or origin of the program, as Chromium can load it. */
export const toPage = (address: string): string => address.replace(PROGRAM_PATTERN, '$1https://$2.app.invalid');
