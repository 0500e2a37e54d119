import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DeskClient } from '#workflows/contract/contract.ts';
import type { Queue } from '#workflows/contract/reply.contract.ts';
import { ROOT } from '../desktop/ensure-built.ts';

/** A screen of the program on the sample, as somebody sees it. */
export interface ScreenCase {
  /** Name of its picture. */
  readonly name: string;
  /** The route that it is an example of. */
  readonly route: string;
  /** Who looks at it. */
  readonly as: string;
  /** Where it is on this very sample. */
  readonly address: (desk: DeskClient) => string | Promise<string>;
}

const firstReply =
  (queue: Queue, isWanted: (item: { state: string; act: string }) => boolean) =>
  async (desk: DeskClient): Promise<string> => {
    const { items } = await desk.reply.list({ queue, sort: 'due', search: '', page: { offset: 0, limit: 60 } });
    const found = items.find(({ state, waiting }) => isWanted({ state, act: waiting.act }));
    if (!found) throw new Error(`the sample has no such reply in ${queue}`);
    return `/queue/${queue}/${found.id.slice('reply/'.length)}`;
  };

const firstTemplate = async (desk: DeskClient): Promise<string> => {
  const [template] = (await desk.template.list({})).templates;
  if (!template) throw new Error('the sample has no template');
  return `/templates/${template.id.slice('template/'.length)}`;
};

/** The reply with the most versions, as of the record before its newest one was saved: a story that went on. */
export const eventfulPast = async (desk: DeskClient): Promise<string> => {
  const { items } = await desk.reply.list({ queue: 'open', page: { offset: 0, limit: 100 } });
  const views = await Promise.all(items.map(({ id }) => desk.reply.get({ reply: id })));
  const [most] = views.sort((a, b) => b.revisions.length - a.revisions.length);
  const newest = most?.revisions.at(-1);
  if (!most || !newest) throw new Error('the sample has no reply with a text');
  return `/as-of/${String(newest.seq)}/queue/open/${most.id.slice('reply/'.length)}`;
};

const AGENT = 'Jonas Brandt';
const COMMS = 'Ingrid Solberg';
const LEGAL = 'Rachel Adler';
const ADMIN = 'Ada Okonjo';
const AUDITOR = 'Edwin Castillo';

/** Every screen, by an example on the sample; a route without one fails the spec that counts them. */
export const SCREEN_CASES: readonly ScreenCase[] = [
  { name: 'queue', route: '/queue/$queue', as: AGENT, address: () => '/queue/open' },
  {
    name: 'reply-drafting',
    route: '/queue/$queue/$reply',
    as: AGENT,
    address: firstReply('waitingOnMe', ({ state }) => state === 'drafting'),
  },
  {
    name: 'reply-comms-decides',
    route: '/queue/$queue/$reply',
    as: COMMS,
    address: firstReply('waitingOnMe', ({ act }) => act === 'decide'),
  },
  {
    name: 'reply-legal-decides',
    route: '/queue/$queue/$reply',
    as: LEGAL,
    address: firstReply('waitingOnMe', ({ act }) => act === 'decide'),
  },
  {
    name: 'reply-published-story',
    route: '/queue/$queue/$reply',
    as: AUDITOR,
    address: firstReply('open', ({ state }) => state === 'published'),
  },
  { name: 'templates', route: '/templates', as: COMMS, address: () => '/templates' },
  { name: 'template', route: '/templates/$template', as: COMMS, address: firstTemplate },
  { name: 'people', route: '/people', as: ADMIN, address: () => '/people' },
  { name: 'channels', route: '/channels', as: ADMIN, address: () => '/channels' },
  { name: 'policy', route: '/policy', as: LEGAL, address: () => '/policy' },
  { name: 'log', route: '/log', as: AUDITOR, address: () => '/log' },
  { name: 'record', route: '/log/$seq', as: AUDITOR, address: () => '/log/120' },
  { name: 'as-of-queue', route: '/as-of/$moment/queue/$queue', as: AUDITOR, address: () => '/as-of/300/queue/open' },
  { name: 'as-of-reply', route: '/as-of/$moment/queue/$queue/$reply', as: AUDITOR, address: eventfulPast },
  { name: 'as-of-policy', route: '/as-of/$moment/policy', as: LEGAL, address: () => '/as-of/300/policy' },
  { name: 'preferences', route: '/preferences', as: AGENT, address: () => '/preferences' },
  { name: 'practice', route: '/practice', as: AGENT, address: () => '/practice' },
];

/** @throws Error when there is no such screen */
export const screenCase = (name: string): ScreenCase => {
  const found = SCREEN_CASES.find((each) => each.name === name);
  if (!found) throw new Error(`there is no screen ${name}`);
  return found;
};

/**
 * The addresses of the program, from its router's source: the router itself needs a page to live in. `/` only leads on to
 * the first queue.
 */
export const routePaths = (): string[] => {
  const source = readFileSync(join(ROOT, 'src-renderer', 'app', 'router.tsx'), 'utf8');
  const paths = [...source.matchAll(/^\s*path: '([^']+)',$/gm)].map(([, path = '']) => path);
  const routes = source.match(/= createRoute\(/g)?.length ?? 0;
  if (paths.length !== routes) throw new Error(`${String(routes)} routes, but ${String(paths.length)} paths`);
  return paths.filter((path) => path !== '/');
};
