import { createHash, randomBytes, webcrypto } from 'node:crypto';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import { framingOf } from './stamp-framing.ts';

/**
 * RFC 3161 time stamps. The requests and answers are read, and signatures and certificate chains verified, by PKI.js; what
 * the RFC demands beyond that (imprint, nonce, purpose and identity of the certificate) is checked here.
 */
const engine = new pkijs.CryptoEngine({ name: 'node', crypto: webcrypto });

const SHA_256 = '2.16.840.1.101.3.4.2.1';
const EXTENDED_KEY_USAGE = '2.5.29.37';
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';
const SIGNING_CERTIFICATE = '1.2.840.113549.1.9.16.2.12';
const SIGNING_CERTIFICATE_V2 = '1.2.840.113549.1.9.16.2.47';

const HASHES: Readonly<Record<string, string>> = {
  [SHA_256]: 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

/** Why a time stamp is not accepted. */
export type StampProblem =
  | 'unreadable'
  /** The authority did not grant it. */
  | 'notGranted'
  /** It is of other bytes. */
  | 'wrongImprint'
  | 'wrongNonce'
  /** It is older than what it stamps, by more than clocks may differ. */
  | 'tooEarly'
  | 'badSignature'
  /** No chain of certificates, valid at the time of the stamp, leads to the authority that is trusted. */
  | 'notTrusted'
  /** The certificate is not for time stamping alone (RFC 3161 section 2.3). */
  | 'wrongPurpose'
  /** What was signed names another certificate (RFC 3161 section 2.4.2, RFC 5816). */
  | 'wrongCertificate';

export type StampVerdict =
  | { readonly ok: true; readonly at: Date; readonly authority: string }
  | { readonly ok: false; readonly problem: StampProblem };

const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest());

const toBuffer = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;

const isSame = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/** A request for a time stamp of some bytes (RFC 3161 section 2.4.1), which asks for the certificates, with its nonce. */
export const stampRequest = (bytes: Uint8Array): { request: Uint8Array; nonce: Uint8Array } => {
  // A first byte of 1 to 127 makes it a positive number in its shortest form.
  const nonce = Uint8Array.of(1 + ((randomBytes(1)[0] ?? 0) % 127), ...randomBytes(7));
  const request = new pkijs.TimeStampReq({
    version: 1,
    messageImprint: new pkijs.MessageImprint({
      hashAlgorithm: new pkijs.AlgorithmIdentifier({ algorithmId: SHA_256, algorithmParams: new asn1js.Null() }),
      hashedMessage: new asn1js.OctetString({ valueHex: toBuffer(sha256(bytes)) }),
    }),
    nonce: new asn1js.Integer({ valueHex: toBuffer(nonce) }),
    certReq: true,
  });
  return { request: new Uint8Array(request.toSchema().toBER(false)), nonce };
};

/** Reads certificates in PEM. @throws Error when there is none, or one cannot be read */
export const readCertificates = (pem: string): pkijs.Certificate[] => {
  const blocks = [...pem.matchAll(/-----BEGIN CERTIFICATE-----([\s\S]+?)-----END CERTIFICATE-----/g)];
  if (blocks.length === 0) throw new Error('there is no certificate in it');
  return blocks.map(([, body = '']) => pkijs.Certificate.fromBER(toBuffer(Buffer.from(body, 'base64'))));
};

/** The certificate's own encoding. */
export const derOf = (certificate: pkijs.Certificate): Uint8Array =>
  new Uint8Array(certificate.toSchema(true).toBER(false));

/** Certificates from base64 of their DER. @throws Error when one cannot be read */
export const certificatesOf = (der: readonly string[]): pkijs.Certificate[] =>
  der.map((text) => pkijs.Certificate.fromBER(toBuffer(Buffer.from(text, 'base64'))));

const isForTimeStampingAlone = ({ extensions = [] }: pkijs.Certificate): boolean => {
  const usage = extensions.find(({ extnID }) => extnID === EXTENDED_KEY_USAGE);
  const value: unknown = usage?.parsedValue;
  return (
    usage?.critical === true &&
    value instanceof pkijs.ExtKeyUsage &&
    value.keyPurposes.length === 1 &&
    value.keyPurposes[0] === TIME_STAMPING
  );
};

const childrenOf = (node: unknown): unknown[] => (node instanceof asn1js.Sequence ? node.valueBlock.value : []);

/** The certificate's hash that the signature covers, with its algorithm; `null` when none is named. */
const namedCertificate = (signer: pkijs.SignerInfo): { algorithm: string; hash: Uint8Array } | null => {
  const attributes = signer.signedAttrs?.attributes ?? [];
  const attribute = attributes.find(({ type }) => type === SIGNING_CERTIFICATE_V2 || type === SIGNING_CERTIFICATE);
  const [certificates] = childrenOf(attribute?.values[0]);
  const members = childrenOf(childrenOf(certificates)[0]);
  const hash = members.find((member) => member instanceof asn1js.OctetString);
  if (!attribute || !hash) return null;
  const [oid] = childrenOf(members[0]);
  const named = oid instanceof asn1js.ObjectIdentifier ? HASHES[oid.valueBlock.toString()] : 'sha256';
  const algorithm = attribute.type === SIGNING_CERTIFICATE ? 'sha1' : named;
  return algorithm === undefined ? null : { algorithm, hash: hash.valueBlock.valueHexView };
};

const isNamed = (signer: pkijs.SignerInfo, certificate: pkijs.Certificate): boolean => {
  const named = namedCertificate(signer);
  if (!named) return false;
  return isSame(new Uint8Array(createHash(named.algorithm).update(derOf(certificate)).digest()), named.hash);
};

/** Whom a certificate names, as one line. */
export const nameOf = ({ subject }: pkijs.Certificate): string =>
  subject.typesAndValues.map(({ value }) => value.valueBlock.value).join(', ');

interface ReadStamp {
  readonly signed: pkijs.SignedData;
  readonly info: pkijs.TSTInfo;
}

const readReply = (reply: Uint8Array): ReadStamp | 'notGranted' | 'unreadable' => {
  const framing = framingOf(reply);
  if (framing !== 'stamp') return framing;
  try {
    const { timeStampToken } = pkijs.TimeStampResp.fromBER(toBuffer(reply));
    if (!timeStampToken) return 'unreadable';
    const signed = new pkijs.SignedData({ schema: timeStampToken.content as asn1js.BaseBlock });
    const { eContent } = signed.encapContentInfo;
    return eContent ? { signed, info: pkijs.TSTInfo.fromBER(eContent.getValue()) } : 'unreadable';
  } catch {
    return 'unreadable';
  }
};

export interface StampCheck {
  /** What was stamped. */
  readonly bytes: Uint8Array;
  /** The authorities that are trusted. */
  readonly trusted: readonly pkijs.Certificate[];
  /** Of the request, where it was just made. */
  readonly nonce?: Uint8Array;
  /** When what was stamped was there, by this desk's clock. */
  readonly notBefore?: Date;
}

/** So far may the authority's clock be behind the desk's, as a signature's may before its record. In milliseconds. */
const CLOCKS_DIFFER = 5 * 60_000;

/** How exact the authority says its time is, in milliseconds (RFC 3161 section 2.4.2, `accuracy`). */
const accuracyOf = ({ accuracy }: pkijs.TSTInfo): number =>
  accuracy ? (accuracy.seconds ?? 0) * 1_000 + (accuracy.millis ?? 0) + (accuracy.micros ?? 0) / 1_000 : 0;

const isTooEarly = (info: pkijs.TSTInfo, notBefore: Date): boolean =>
  info.genTime.getTime() + accuracyOf(info) + CLOCKS_DIFFER < notBefore.getTime();

const refused = (problem: StampProblem): StampVerdict => ({ ok: false, problem });

/**
 * Verifies an authority's answer (RFC 3161 sections 2.2 and 2.4.2). Hostile input: whatever is wrong with it is a verdict.
 * Certificates must have been valid at the time that the stamp gives, not now.
 */
export const verifyStamp = async (reply: Uint8Array, check: StampCheck): Promise<StampVerdict> => {
  const { bytes, trusted, nonce, notBefore } = check;
  const read = readReply(reply);
  if (typeof read === 'string') return refused(read);
  const { signed, info } = read;
  const { hashAlgorithm, hashedMessage } = info.messageImprint;
  const isOfBytes =
    hashAlgorithm.algorithmId === SHA_256 && isSame(hashedMessage.valueBlock.valueHexView, sha256(bytes));
  if (!isOfBytes) return refused('wrongImprint');
  if (nonce && !(info.nonce && isSame(info.nonce.valueBlock.valueHexView, nonce))) return refused('wrongNonce');
  if (notBefore && isTooEarly(info, notBefore)) return refused('tooEarly');
  const data = toBuffer(bytes);
  try {
    const plain = await signed.verify({ signer: 0, data, checkChain: false, extendedMode: true }, engine);
    const certificate = plain.signerCertificate;
    if (plain.signatureVerified !== true || !certificate) return refused('badSignature');
    const [signer] = signed.signerInfos;
    if (!signer || !isNamed(signer, certificate)) return refused('wrongCertificate');
    if (!isForTimeStampingAlone(certificate)) return refused('wrongPurpose');
    const isTrusted = await leadsTo(signed, certificate, trusted, info.genTime);
    return isTrusted ? { ok: true, at: info.genTime, authority: nameOf(certificate) } : refused('notTrusted');
  } catch {
    return refused('badSignature');
  }
};

/** Whether a chain from the certificate to a trusted one was valid at a time. */
const leadsTo = async (
  { certificates = [] }: pkijs.SignedData,
  certificate: pkijs.Certificate,
  trusted: readonly pkijs.Certificate[],
  at: Date,
): Promise<boolean> => {
  const others = certificates.filter((each) => each instanceof pkijs.Certificate && each !== certificate);
  const chain = new pkijs.CertificateChainValidationEngine({
    // The last one is the one that is judged.
    certs: [...(others as pkijs.Certificate[]), certificate],
    trustedCerts: [...trusted],
    checkDate: at,
  });
  try {
    return (await chain.verify({}, engine)).result;
  } catch {
    return false;
  }
};
