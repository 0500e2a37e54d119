import { EventEmitter } from 'node:events';
import type { CustomScheme } from 'electron';

type ProtocolHandler = (request: Request) => Response | Promise<Response>;
type Answer<Value> = (value: Value) => void;
type RequestListener = (details: { url: string; method: string }, answer: Answer<{ cancel?: boolean }>) => void;
type PermissionRequestHandler = (
  contents: unknown,
  permission: string,
  answer: Answer<boolean>,
  details: { requestingUrl: string; isMainFrame: boolean },
) => void;
type PermissionCheckHandler = (contents: unknown, permission: string, origin: string, details: object) => boolean;

/** What protocol and session share: who answers for which scheme. */
export class StandInProtocol {
  readonly #handlers = new Map<string, ProtocolHandler>();
  readonly #standard = new Set<string>();

  /** To Chromium they are https here; a page can be loaded only from one that was registered to be as good. */
  registerSchemesAsPrivileged(schemes: readonly CustomScheme[]): void {
    if (isReady) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    for (const { scheme, privileges } of schemes) {
      if (privileges?.standard && privileges.secure && privileges.supportFetchAPI) this.#standard.add(scheme);
    }
  }

  /** Whether an address is of a scheme that has origins, as pages need. */
  isStandard(address: string): boolean {
    return this.#standard.has(new URL(address).protocol.slice(0, -1));
  }

  handle(scheme: string, handler: ProtocolHandler): void {
    if (this.#handlers.has(scheme)) throw new Error(`a second handler for ${scheme}`);
    this.#handlers.set(scheme, handler);
  }

  handlerOf(address: string): ProtocolHandler | undefined {
    return this.#handlers.get(new URL(address).protocol.slice(0, -1));
  }
}

let isReady = false;

/** From now on schemes cannot be registered any more. */
export const sealSchemes = (): void => {
  isReady = true;
};

export class StandInSession extends EventEmitter {
  readonly protocol = new StandInProtocol();
  #onRequest: RequestListener | null = null;
  #onPermission: PermissionRequestHandler | null = null;
  #checkPermission: PermissionCheckHandler | null = null;

  readonly webRequest = {
    onBeforeRequest: (listener: RequestListener): void => {
      this.#onRequest = listener;
    },
  };

  setPermissionRequestHandler(handler: PermissionRequestHandler): void {
    this.#onPermission = handler;
  }

  setPermissionCheckHandler(handler: PermissionCheckHandler): void {
    this.#checkPermission = handler;
  }

  setDevicePermissionHandler(_handler: () => boolean): void {
    // Chromium without a window offers no devices.
  }

  addWordToSpellCheckerDictionary(_word: string): boolean {
    return true;
  }

  /** Whether the program lets a request go on. */
  allowsRequest(url: string, method: string): Promise<boolean> {
    const listener = this.#onRequest;
    if (!listener) return Promise.resolve(true);
    return new Promise((resolve) => listener({ url, method }, ({ cancel }) => resolve(cancel !== true)));
  }

  /** Electron checks first, and asks where the check says no; what has no handler is granted. */
  grants(contents: unknown, permission: string, origin: string): Promise<boolean> {
    if (this.#checkPermission?.(contents, permission, origin, {}) ?? true) return Promise.resolve(true);
    const handler = this.#onPermission;
    if (!handler) return Promise.resolve(true);
    return new Promise((resolve) =>
      handler(contents, permission, resolve, { requestingUrl: `${origin}/`, isMainFrame: true }),
    );
  }
}

export const defaultSession = new StandInSession();
