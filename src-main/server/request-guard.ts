import type { FastifyRequest } from 'fastify';

/** The header that the desk's own page sends with every call; a foreign page cannot without being asked first. */
export const OWN_REQUEST_HEADER = 'x-countersign';

/** Names under which this host may be called: loopback, at its own port. */
export const ownHosts = (port: number): string[] => [`127.0.0.1:${String(port)}`, `localhost:${String(port)}`];

/**
 * Why a request is refused, or `null`. The name it is called by must be this host's own (against DNS rebinding), and
 * where it says where it comes from, that must be this very place (against foreign pages).
 */
export const problemWithRequest = (request: FastifyRequest, port: number): string | null => {
  const hosts = ownHosts(port);
  const { host, origin } = request.headers;
  if (!host || !hosts.includes(host)) return 'foreign Host';
  if (origin !== undefined && !hosts.some((own) => origin === `http://${own}`)) return 'foreign Origin';
  const site = request.headers['sec-fetch-site'];
  const isNavigation = request.headers['sec-fetch-mode'] === 'navigate';
  if (site !== undefined && site !== 'same-origin' && site !== 'none' && !isNavigation) return 'foreign site';
  return null;
};

/** Calls that do something carry the header of the desk's own page. */
export const lacksOwnHeader = (request: FastifyRequest): boolean => request.headers[OWN_REQUEST_HEADER] !== '1';
