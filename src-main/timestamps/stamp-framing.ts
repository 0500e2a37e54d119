import { DER, oidOf, readDer, type DerValue } from './strict-der.ts';

const SIGNED_DATA = '1.2.840.113549.1.7.2';
const TST_INFO = '1.2.840.113549.1.9.16.1.4';
const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
/** Granted, and granted with modifications (RFC 3161 section 2.4.2). */
const GRANTED = [0, 1];

const isInteger = (value: DerValue | undefined, wanted: number): boolean =>
  value?.tag === DER.integer && value.content.length === 1 && value.content[0] === wanted;

interface Maybe {
  readonly optional: number;
}

const maybe = (optional: number): Maybe => ({ optional });

/** The members, if they have exactly these tags in this order. */
const membersOf = (value: DerValue | undefined, tag: number, form: readonly (number | Maybe)[]) => {
  if (value?.tag !== tag) return null;
  const members: (DerValue | undefined)[] = [];
  let place = 0;
  for (const wanted of form) {
    const isHere = value.children[place]?.tag === (typeof wanted === 'number' ? wanted : wanted.optional);
    if (!isHere && typeof wanted === 'number') return null;
    members.push(isHere ? value.children[place] : undefined);
    if (isHere) place += 1;
  }
  return place === value.children.length ? members : null;
};

const { integer, bitString, octetString, oid, sequence, set, context0 } = DER;

/** An algorithm without parameters of its own: `NULL`, or nothing. */
const plainAlgorithm = (value: DerValue | undefined): string | null => {
  const members = membersOf(value, sequence, [oid, maybe(DER.null)]);
  return members ? oidOf(members[0]) : null;
};

/** The values of an attribute that may stand there only once, with one value (RFC 5652 section 11). */
const attributeOf = (attributes: DerValue, type: string): DerValue | null => {
  const found = attributes.children.filter(({ children }) => oidOf(children[0]) === type);
  const members = membersOf(found[0], sequence, [oid, set]);
  const [value, ...more] = members?.[1]?.children ?? [];
  return found.length === 1 && value && more.length === 0 ? value : null;
};

/** Issuer and number of a certificate, as they stand in it (RFC 5280 section 4.1). */
const identityOf = (certificate: DerValue): Uint8Array => {
  const [signed] = certificate.children;
  const [first, ...rest] = signed?.children ?? [];
  const [number, , issuer] = first?.tag === context0 ? rest : [first, ...rest];
  return Buffer.concat([issuer?.whole ?? new Uint8Array(), number?.whole ?? new Uint8Array()]);
};

/** Exactly one signer, whose certificate is named byte for byte, and who signed the content's type and digest. */
const isSigner = (signers: DerValue, digestAlgorithm: string, certificates: readonly DerValue[]): boolean => {
  const [signer, ...more] = signers.children;
  const members = membersOf(signer, sequence, [integer, sequence, sequence, context0, sequence, octetString]);
  if (!members || more.length > 0) return false;
  const [version, identity, digest, attributes, signature] = members;
  if (!attributes || !identity || !membersOf(signature, sequence, [oid, maybe(DER.null), maybe(sequence)]))
    return false;
  const named = certificates.filter((each) => Buffer.compare(identityOf(each), identity.content) === 0);
  return (
    named.length === 1 &&
    isInteger(version, 1) &&
    plainAlgorithm(digest) === digestAlgorithm &&
    oidOf(attributeOf(attributes, CONTENT_TYPE) ?? undefined) === TST_INFO &&
    attributeOf(attributes, MESSAGE_DIGEST)?.tag === octetString
  );
};

const isToken = (token: DerValue | undefined): boolean => {
  const outer = membersOf(token, sequence, [oid, context0]);
  const inner = outer?.[1]?.children ?? [];
  if (oidOf(outer?.[0]) !== SIGNED_DATA || inner.length !== 1) return false;
  const signed = membersOf(inner[0], sequence, [integer, set, sequence, maybe(context0), set]);
  if (!signed) return false;
  const [version, digests, content, certificates, signers] = signed;
  const encapsulated = membersOf(content, sequence, [oid, context0]);
  const info = membersOf(encapsulated?.[1], context0, [octetString])?.[0];
  const digest = digests?.children.length === 1 ? plainAlgorithm(digests.children[0]) : null;
  if (!isInteger(version, 3) || oidOf(encapsulated?.[0]) !== TST_INFO || !info || !digest || !signers) return false;
  return isInfo(info.content) && isSigner(signers, digest, certificates?.children ?? []);
};

/** `TSTInfo`, version 1; its extensions, of which none is known here, end it. */
const isInfo = (bytes: Uint8Array): boolean => {
  const info = readDer(bytes);
  return (
    info?.tag === sequence && isInteger(info.children[0], 1) && !info.children.some(({ tag }) => tag === DER.context1)
  );
};

/** How a reply is framed: a stamp, a refusal, or neither. */
export type Framing = 'stamp' | 'notGranted' | 'unreadable';

/**
 * Judges everything around what is signed (RFC 3161 section 2.4.2, RFC 5652 section 5): DER throughout and nothing behind it,
 * the right types of content, exactly one signer and one digest, no attribute twice, nothing unsigned beside the signature.
 * Libraries read all that leniently, and whoever changes it could make two readers see two stamps. Hostile input.
 */
export const framingOf = (reply: Uint8Array): Framing => {
  const response = readDer(reply);
  const [status] = response?.children ?? [];
  if (response?.tag !== sequence || !membersOf(status, sequence, [integer, maybe(sequence), maybe(bitString)])) {
    return 'unreadable';
  }
  const [code] = status?.children ?? [];
  if (!GRANTED.some((granted) => isInteger(code, granted))) return 'notGranted';
  return response.children.length === 2 && isToken(response.children[1]) ? 'stamp' : 'unreadable';
};
