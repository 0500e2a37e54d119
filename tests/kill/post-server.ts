import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import type { JsonObject } from '#workflows/journal/canonical.ts';

const sentSchema = z.strictObject({ key: z.string().nullable(), payload: z.record(z.string(), z.json()) });

export interface ServerPost {
  readonly id: string;
  readonly key: string | null;
  readonly payload: JsonObject;
}

/** When the server lets whoever asks it to make a post die. */
export type ServerMoment = 'the request has arrived' | 'the post is made' | 'the post is read';

/**
 * A channel's server that outlives its clients: it makes at most one post under a key, refuses the second as Bluesky does,
 * and writes down every request.
 */
export class PostServer {
  readonly posts: ServerPost[] = [];
  /** Bodies of all requests to make a post, in the order in which they came. */
  readonly asked: string[] = [];
  /** Called at each moment; returns whether the client is dead, which is then not answered. */
  onMoment: (moment: ServerMoment) => Promise<boolean> = () => Promise.resolve(false);
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  static async start(): Promise<PostServer> {
    const server = new PostServer();
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server, 'listening');
    return server;
  }

  get address(): string {
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { status, value } =
      request.method === 'POST'
        ? await this.#make(Buffer.concat(chunks).toString('utf8'))
        : await this.#find(new URL(request.url ?? '', this.address).searchParams);
    if (status === 0) response.destroy();
    else response.writeHead(status, { connection: 'close' }).end(JSON.stringify(value));
  }

  async #make(body: string): Promise<{ status: number; value: unknown }> {
    this.asked.push(body);
    if (await this.onMoment('the request has arrived')) return { status: 0, value: null };
    const { key, payload } = sentSchema.parse(JSON.parse(body));
    if (key !== null && this.posts.some((post) => post.key === key)) return { status: 500, value: null };
    const post = { id: `post-${String(this.posts.length + 1)}`, key, payload: payload as JsonObject };
    this.posts.push(post);
    return (await this.onMoment('the post is made')) ? { status: 0, value: null } : { status: 200, value: post };
  }

  async #find(query: URLSearchParams): Promise<{ status: number; value: unknown }> {
    const [id, key] = [query.get('id'), query.get('key')];
    const post = this.posts.find((made) => (id === null ? made.key === key : made.id === id));
    const isDead = await this.onMoment('the post is read');
    return isDead ? { status: 0, value: null } : { status: post ? 200 : 404, value: post ?? null };
  }
}
