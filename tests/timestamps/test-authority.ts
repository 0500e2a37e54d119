import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether this machine has openssl, which is the authority of the tests. */
export const HAS_OPENSSL = spawnSync('openssl', ['version']).status === 0;

/** A value of ASN.1 in DER. */
export const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  const head = [tag, ...size];
  return Buffer.concat([Buffer.from(head), content]);
};

/** A time-stamping authority of openssl's, under a certificate authority that was made a moment ago. */
export class TestAuthority {
  readonly folder = mkdtempSync(join(tmpdir(), 'countersign-tsa-'));

  constructor() {
    this.#run(
      ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '2'],
      ['-subj', '/CN=Test CA'],
    );
    this.certify('tsa', 'critical,timeStamping');
    this.#write('serial', '01');
  }

  #run(words: readonly string[], more: readonly string[] = []): void {
    execFileSync('openssl', [...words, ...more], { cwd: this.folder, stdio: 'pipe' });
  }

  #write(name: string, content: string | Uint8Array): void {
    writeFileSync(join(this.folder, name), content);
  }

  #read(name: string): Buffer {
    return readFileSync(join(this.folder, name));
  }

  /** The certificates of the authority above, in PEM. */
  get ca(): string {
    return this.#read('ca.pem').toString('utf8');
  }

  /** Makes a key and a certificate for some purpose. */
  certify(name: string, purpose: string, days = 1): void {
    this.#run(
      ['req', '-newkey', 'rsa:2048', '-nodes', '-keyout', `${name}.key`, '-out', `${name}.csr`],
      ['-subj', `/CN=Test ${name}`],
    );
    this.#write(`${name}.ext`, `extendedKeyUsage=${purpose}\n`);
    this.#run(
      ['x509', '-req', '-in', `${name}.csr`, '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial'],
      ['-out', `${name}.pem`, '-days', String(days), '-extfile', `${name}.ext`],
    );
  }

  /** Answers a request as an authority does. @param signer whose certificate it signs with */
  reply(request: Uint8Array, signer = 'tsa'): Buffer {
    const place = (name: string): string => join(this.folder, name);
    this.#write('request.tsq', request);
    this.#write(
      'tsa.cnf',
      [
        '[tsa]',
        'default_tsa=here',
        '[here]',
        `serial=${place('serial')}`,
        `signer_cert=${place(`${signer}.pem`)}`,
        `signer_key=${place(`${signer}.key`)}`,
        'signer_digest=sha256',
        'default_policy=1.2.3.4.1',
        'digests=sha256',
      ].join('\n'),
    );
    this.#run(['ts', '-reply', '-config', 'tsa.cnf', '-queryfile', 'request.tsq', '-out', 'reply.tsr']);
    return this.#read('reply.tsr');
  }

  /** An answer that openssl's authority would refuse to give: signed with a certificate that is for something else. */
  replyAsAnother(request: Uint8Array, signer: string): Buffer {
    this.reply(request);
    this.#run(['ts', '-reply', '-in', 'reply.tsr', '-token_out', '-out', 'token.der']);
    this.#run(['cms', '-verify', '-noverify', '-inform', 'DER', '-in', 'token.der', '-out', 'info.der']);
    this.#run(
      ['cms', '-sign', '-binary', '-nodetach', '-cades', '-md', 'sha256', '-in', 'info.der', '-outform', 'DER'],
      [
        '-econtent_type',
        '1.2.840.113549.1.9.16.1.4',
        '-signer',
        `${signer}.pem`,
        '-inkey',
        `${signer}.key`,
        '-out',
        'other.der',
      ],
    );
    return der(0x30, der(0x30, Buffer.from([2, 1, 0])), this.#read('other.der'));
  }

  /** Serves it over HTTP as RFC 3161 says. @param answer gives another answer than the right one */
  async serve(answer: (request: Buffer) => Buffer = (request) => this.reply(request)) {
    const server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        response.setHeader('content-type', 'application/timestamp-reply');
        response.end(answer(Buffer.concat(parts)));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return {
      address: `http://127.0.0.1:${String(port)}/`,
      close: () => new Promise<void>((resolve) => server.close(() => resolve())),
    };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The command for the time stamp that the README of an export gives. */
export const stampCommandIn = (folder: string): string =>
  readFileSync(join(folder, 'README.txt'), 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .find((line) => line.startsWith('openssl ts')) ?? '';
