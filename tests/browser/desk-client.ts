import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { Page } from '@playwright/test';
import type { DeskClient } from '#workflows/contract/contract.ts';

/** The contract, called as the very session that a page is in; for what a spec prepares and does not try. */
export const clientOf = async (page: Page): Promise<DeskClient> => {
  const { origin } = new URL(page.url());
  const cookies = await page.context().cookies();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  return createORPCClient(new RPCLink({ url: `${origin}/rpc`, headers: { 'x-countersign': '1', cookie } }));
};
