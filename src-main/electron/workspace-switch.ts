import { createRouterClient, ORPCError } from '@orpc/server';
import type { ApiContext, Router } from '../api/router.ts';
import type { DeskHost } from '../core/desk-host.ts';
import { DESKTOP_WORDS } from './desktop-words.ts';
import type { Prompts } from './prompts.ts';

/** Whoever opens a workspace from the menu before any page is connected: nobody, in a session of nobody's. */
const NOBODY = 'desktop';

const WORDS = DESKTOP_WORDS.open;

interface SwitchOptions {
  readonly host: DeskHost;
  readonly router: Router;
  readonly prompts: Pick<Prompts, 'chooseFolder' | 'confirm' | 'tell'>;
  /** The session of the page that is connected. */
  readonly sessionId: () => string | null;
}

/**
 * Opens workspaces that are asked for outside the page: in the menu, or by a second start. It asks the contract in the
 * page's own session, so that nobody takes an open desk away who could not do so on the screen.
 */
export class WorkspaceSwitch {
  readonly #options: SwitchOptions;

  constructor(options: SwitchOptions) {
    this.#options = options;
  }

  /** Lets the person choose a folder, and opens it. */
  async choose(): Promise<void> {
    const folder = await this.#options.prompts.chooseFolder();
    if (folder !== null) await this.#open(folder);
  }

  /** Asks whether a folder shall be opened, when it is not open already. @param folder absolute */
  async offer(folder: string): Promise<void> {
    const { host, prompts } = this.#options;
    const open = host.openDesk?.folder ?? null;
    if (open === folder) return;
    const isWanted =
      open === null || (await prompts.confirm({ title: WORDS.title, detail: `${folder}\n\n${WORDS.detail}` }, WORDS));
    if (isWanted) await this.#open(folder);
  }

  async #open(folder: string): Promise<void> {
    const { host, router, prompts, sessionId } = this.#options;
    const context: ApiContext = { host, sessionId: sessionId() ?? NOBODY };
    try {
      await createRouterClient(router, { context }).workspace.open({ folder });
    } catch (error) {
      const detail = error instanceof ORPCError ? error.message : DESKTOP_WORDS.fault.detail;
      await prompts.tell('error', { title: WORDS.failed, detail });
    }
  }
}
