import { request, type IncomingHttpHeaders } from 'node:http';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface HttpCall {
  readonly port: number;
  readonly path: string;
  readonly method?: string;
  /** Sent exactly so; `host` too, which a browser or `fetch` would not let anybody choose. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** One request exactly as written, with a path that nobody has tidied. */
export const httpCall = ({ port, path, method = 'GET', headers = {}, body = '' }: HttpCall): Promise<HttpAnswer> =>
  new Promise((resolve, reject) => {
    const length: Record<string, string> = body === '' ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const call = request({ host: '127.0.0.1', port, path, method, headers: { ...length, ...headers } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const { statusCode: status = 0, headers: received } = response;
        resolve({ status, headers: received, body: Buffer.concat(chunks).toString('utf8') });
      });
    });
    call.on('error', reject);
    call.end(body);
  });

/** The refusal in an answer of `/rpc`. */
export const rpcRefusal = ({ body }: HttpAnswer): { code: string; reason: string } => {
  const { json } = JSON.parse(body) as { json: { code: string; data: { reason: string } } };
  return { code: json.code, reason: json.data.reason };
};
