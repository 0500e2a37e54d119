import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { ensurePds, PDS_FOLDER } from './pds/pds-installation.ts';

const postSchema = z.object({ uri: z.string(), cid: z.string() });
/** A post on the PDS, as the protocol names it. */
export type LivePost = z.infer<typeof postSchema>;

const accountSchema = z.object({ did: z.string(), handle: z.string(), password: z.string() });
export type PdsAccount = z.infer<typeof accountSchema>;

const readySchema = z.object({
  service: z.string(),
  directory: z.string(),
  accounts: z.object({ customer: accountSchema, secondCustomer: accountSchema, company: accountSchema }),
  companyAppPassword: z.string(),
  /** A thread: `root` by the customer, `middle` below it by the second customer, `complaint` below that by the customer. */
  posts: z.object({ root: postSchema, middle: postSchema, complaint: postSchema }),
});

const answerSchema = z.object({ id: z.int(), value: z.unknown(), error: z.string().optional() });

export interface PostOrder {
  /** Name of an account, `customer`. */
  readonly account: string;
  readonly text: string;
  readonly reply?: { readonly root: LivePost; readonly parent: LivePost };
  readonly langs?: readonly string[];
  readonly pictures?: readonly { readonly base64: string; readonly mediaType: string; readonly alt: string }[];
  readonly createdAt?: string;
}

const recordSchema = postSchema.extend({ value: z.record(z.string(), z.unknown()) });

/** A real PDS that runs on this machine, and what tests do on it as other people. */
export interface Pds extends z.infer<typeof readySchema> {
  post(order: PostOrder): Promise<LivePost>;
  deletePost(account: string, uri: string): Promise<void>;
  /** A record as the PDS holds it, asked by the PDS's own client. */
  record(account: string, uri: string): Promise<z.infer<typeof recordSchema>>;
  /** Addresses of all posts of an account, the newest first. */
  records(account: string): Promise<string[]>;
  /** Puts another record in the place of a post. */
  overwrite(account: string, uri: string, record: object): Promise<void>;
  openAccount(account: string, handle: string): Promise<PdsAccount>;
  /** Deactivates an account. */
  closeAccount(account: string): Promise<void>;
  describe(account: string, profile: { name: string; isForSignedInOnly: boolean }): Promise<void>;
  appPassword(account: string, name: string): Promise<string>;
  revokeAppPassword(account: string, name: string): Promise<void>;
  stop(): Promise<void>;
}

const asJson = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
};

/** Longest time from the start to the first line, in milliseconds. */
const START_TIMEOUT = 120_000;

/** Starts a PDS of its own for the caller, with three accounts and a thread. It ends with `stop`, or with this process. */
export const startPds = async (): Promise<Pds> => {
  const node = await ensurePds();
  const child = spawn(node.path, ['pds.mjs'], {
    cwd: PDS_FOLDER,
    env: node.environment,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const complaints: string[] = [];
  child.stderr.on('data', (data: Buffer) => complaints.push(data.toString()));
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  const lines = createInterface({ input: child.stdout });
  const why = (what: string): Error => new Error(`${what}\n${complaints.join('').slice(-4_000)}`);
  child.on('exit', () => {
    for (const { reject } of waiting.values()) reject(why('the PDS has ended'));
    waiting.clear();
  });

  const ready = await new Promise<z.infer<typeof readySchema>>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(why('the PDS did not start in time'));
    }, START_TIMEOUT);
    child.once('exit', () => reject(why('the PDS did not start')));
    lines.once('line', (line) => {
      clearTimeout(timer);
      const parsed = readySchema.safeParse(asJson(line));
      if (parsed.success) resolve(parsed.data);
      else reject(why(`the PDS began with ${line.slice(0, 300)}`));
    });
  });
  lines.on('line', (line) => {
    const { id, value, error } = answerSchema.parse(JSON.parse(line));
    const call = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) call?.resolve(value);
    else call?.reject(new Error(error));
  });

  let calls = 0;
  const call = (name: string, details: object): Promise<unknown> =>
    new Promise((resolve, reject) => {
      calls += 1;
      waiting.set(calls, { resolve, reject });
      child.stdin.write(`${JSON.stringify({ ...details, id: calls, do: name })}\n`);
    });

  return {
    ...ready,
    post: async (order) => postSchema.parse(await call('post', order)),
    deletePost: async (account, uri) => {
      await call('deletePost', { account, uri });
    },
    record: async (account, uri) => recordSchema.parse(await call('record', { account, uri })),
    records: async (account) => z.array(z.string()).parse(await call('records', { account })),
    overwrite: async (account, uri, record) => {
      await call('overwrite', { account, uri, record });
    },
    openAccount: async (account, handle) => accountSchema.parse(await call('openAccount', { account, handle })),
    closeAccount: async (account) => {
      await call('closeAccount', { account });
    },
    describe: async (account, profile) => {
      await call('describe', { account, ...profile });
    },
    appPassword: async (account, name) => z.string().parse(await call('appPassword', { account, name })),
    revokeAppPassword: async (account, name) => {
      await call('revokeAppPassword', { account, name });
    },
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.stdin.end();
      await ended;
    },
  };
};
