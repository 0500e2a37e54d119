/** A window, as far as the app must know it. */
export interface OpenWindow {
  close(): void;
}

/** Every open window, by its contents. */
export const toWindow = new Map<object, OpenWindow>();
