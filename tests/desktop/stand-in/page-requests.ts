import type { Page, Request as PageRequest, Route } from 'playwright-core';
import { toProgram } from './address-mapping.ts';
import type { StandInSession } from './session.ts';

export interface RequestRules {
  readonly session: StandInSession;
  /** Whether the page may navigate; asked for navigations that the page began. */
  readonly mayNavigate: (navigation: { url: string; isMainFrame: boolean }) => boolean;
}

const toRequest = async (address: string, request: PageRequest): Promise<Request> => {
  const method = request.method();
  const body = method === 'GET' || method === 'HEAD' ? null : request.postDataBuffer();
  return new Request(address, {
    method,
    headers: await request.allHeaders(),
    ...(body ? { body: new Uint8Array(body) } : {}),
  });
};

const fulfil = async (route: Route, response: Response): Promise<void> =>
  route.fulfill({
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  });

/** Puts the program's rules and its protocol handlers in front of everything that a page requests. */
export const routeRequests = (page: Page, { session, mayNavigate }: RequestRules): Promise<unknown> =>
  page.route('**/*', async (route, request) => {
    const address = toProgram(request.url());
    if (request.isNavigationRequest()) {
      const isMainFrame = request.frame() === page.mainFrame();
      if (!mayNavigate({ url: address, isMainFrame })) return route.abort('aborted');
    }
    if (!(await session.allowsRequest(address, request.method()))) return route.abort('blockedbyclient');
    const handler = session.protocol.handlerOf(address);
    // A real shell would go to the network; nothing here ever does.
    if (!handler) return route.abort('internetdisconnected');
    return fulfil(route, await handler(await toRequest(address, request)));
  });
