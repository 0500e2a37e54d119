import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { versionSearch } from '../approval/version-search.ts';
import { peopleSearch } from '../people/people-search.ts';
import { templatesSearch } from '../templates/templates-search.ts';
import type { DeskSearch, PlaceSearch } from './addresses.ts';
import { Gate } from './gate.tsx';
import { readPastSearch } from '../history/past-address.ts';
import { readLogSearch } from '../log/log-address.ts';
import { NotFound } from './not-found.tsx';
import { DeskScreen } from '../queue/desk-screen.tsx';

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

const deskSearch = (raw: Record<string, unknown>): DeskSearch => ({
  ...(text(raw.search) ? { search: String(raw.search) } : {}),
  ...(raw.sort === 'newest' || raw.sort === 'due' ? { sort: raw.sort } : {}),
  ...(raw.view === 'story' || raw.view === 'work' ? { view: raw.view } : {}),
});

const placeSearch = (raw: Record<string, unknown>): PlaceSearch => ({
  ...(text(raw.channel) ? { channel: String(raw.channel) } : {}),
  ...(text(raw.post) ? { post: String(raw.post) } : {}),
});

const rootRoute = createRootRoute({ component: Gate, notFoundComponent: NotFound });

const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: () => {
    redirect({ to: '/queue/$queue', params: { queue: 'first' }, throw: true });
  },
});

const queueRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/queue/$queue',
  validateSearch: deskSearch,
  component: DeskScreen,
});

const replyRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/queue/$queue/$reply',
  validateSearch: deskSearch,
  component: DeskScreen,
});

const templatesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/templates',
  validateSearch: templatesSearch,
  component: lazyRouteComponent(() => import('../templates/templates-screen.tsx'), 'TemplatesScreen'),
});

const templateRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/templates/$template',
  validateSearch: templatesSearch,
  component: lazyRouteComponent(() => import('../templates/templates-screen.tsx'), 'TemplatesScreen'),
});

const peopleRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/people',
  validateSearch: peopleSearch,
  component: lazyRouteComponent(() => import('../people/people-screen.tsx'), 'PeopleScreen'),
});

const channelsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/channels',
  validateSearch: placeSearch,
  component: lazyRouteComponent(() => import('../channels/channels-screen.tsx'), 'ChannelsScreen'),
});

const policyRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/policy',
  validateSearch: versionSearch,
  component: lazyRouteComponent(() => import('../policy/policy-screen.tsx'), 'PolicyScreen'),
});

/** One component for both addresses, so that choosing a record keeps the table where it is. */
const LogScreen = lazyRouteComponent(() => import('../log/log-screen.tsx'), 'LogScreen');

const logRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/log',
  validateSearch: readLogSearch,
  component: LogScreen,
});

const recordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/log/$seq',
  validateSearch: readLogSearch,
  component: LogScreen,
});

/** One component for all places of the past, so that the bar above them stays while one goes about in it. */
const PastScreen = lazyRouteComponent(() => import('../history/past-screen.tsx'), 'PastScreen');

const pastQueueRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/as-of/$moment/queue/$queue',
  validateSearch: readPastSearch,
  component: PastScreen,
});

const pastReplyRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/as-of/$moment/queue/$queue/$reply',
  validateSearch: readPastSearch,
  component: PastScreen,
});

const pastPolicyRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/as-of/$moment/policy',
  validateSearch: readPastSearch,
  component: PastScreen,
});

const preferencesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/preferences',
  component: lazyRouteComponent(() => import('../preferences/preferences-screen.tsx'), 'PreferencesScreen'),
});

const practiceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/practice',
  validateSearch: placeSearch,
  component: lazyRouteComponent(() => import('../practice/practice-screen.tsx'), 'PracticeScreen'),
});

const routeTree = rootRoute.addChildren([
  homeRoute,
  queueRoute,
  replyRoute,
  templatesRoute,
  templateRoute,
  peopleRoute,
  channelsRoute,
  policyRoute,
  logRoute,
  recordRoute,
  pastQueueRoute,
  pastReplyRoute,
  pastPolicyRoute,
  preferencesRoute,
  practiceRoute,
]);

/** All addresses of the program, for tests and screenshots: each must have its picture. */
export const ROUTE_PATHS = (routeTree.children ?? []).map(({ path }) => path).filter((path) => path !== '/');

export const createDeskRouter = (initial?: string) =>
  createRouter({
    routeTree,
    defaultPreload: false,
    ...(initial === undefined ? {} : { history: createMemoryHistory({ initialEntries: [initial] }) }),
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createDeskRouter>;
  }
}
