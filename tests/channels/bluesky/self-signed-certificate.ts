import { generateKeyPairSync, sign } from 'node:crypto';

const SEQUENCE = 0x30;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const UTC_TIME = 0x17;
/** ecdsa-with-SHA256, 1.2.840.10045.4.3.2. */
const ALGORITHM = Buffer.from('300a06082a8648ce3d040302', 'hex');

const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts);
  const length = body.length < 128 ? [body.length] : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
};

const pem = (label: string, bytes: Uint8Array): string =>
  `-----BEGIN ${label}-----\n${Buffer.from(bytes).toString('base64')}\n-----END ${label}-----\n`;

/** A fresh key and the smallest X.509 certificate over it (RFC 5280 4.1), signed by itself and so trusted by nobody. */
export const makeSelfSignedCertificate = (): { key: string; cert: string } => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const nobody = der(SEQUENCE);
  const validity = der(
    SEQUENCE,
    der(UTC_TIME, Buffer.from('200101000000Z')),
    der(UTC_TIME, Buffer.from('491231235959Z')),
  );
  const subjectKey = publicKey.export({ type: 'spki', format: 'der' });
  const signed = der(SEQUENCE, der(INTEGER, Buffer.from([1])), ALGORITHM, nobody, validity, nobody, subjectKey);
  const signature = der(BIT_STRING, Buffer.from([0]), sign('sha256', signed, privateKey));
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: pem('CERTIFICATE', der(SEQUENCE, signed, ALGORITHM, signature)),
  };
};
