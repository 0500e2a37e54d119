/** An answer is some kilobytes; more than this is none. */
const MOST_BYTES = 256 * 1024;

const PATIENCE = 20_000;

/**
 * Sends a request to a time-stamping authority over HTTP (RFC 3161 section 3.4).
 * @throws Error saying what went wrong, in words
 */
export const askAuthority = async (address: string, request: Uint8Array): Promise<Uint8Array> => {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
    body: new Uint8Array(request),
    signal: AbortSignal.timeout(PATIENCE),
  });
  if (!response.ok) throw new Error(`the authority answered with status ${String(response.status)}`);
  if (response.headers.get('content-type')?.split(';')[0] !== 'application/timestamp-reply') {
    throw new Error('what answered is no time-stamping authority');
  }
  const reply = new Uint8Array(await response.arrayBuffer());
  if (reply.length > MOST_BYTES) throw new Error('the answer is too long to be a time stamp');
  return reply;
};
