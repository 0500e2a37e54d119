import { EventEmitter } from 'node:events';

/** The operating system's theme: light, unless the program chooses dark. */
export const nativeTheme = Object.assign(new EventEmitter(), {
  themeSource: 'system',
  get shouldUseDarkColors(): boolean {
    return this.themeSource === 'dark';
  },
});

const WORK_AREA = { x: 0, y: 0, width: 1920, height: 1080 };

/** One display. */
export const screen = {
  getAllDisplays: () => [{ id: 1, bounds: WORK_AREA, workArea: WORK_AREA }],
};

/** Opens nothing; remembers what it was asked to. */
export const shell = {
  opened: [] as string[],
  openExternal(address: string): Promise<void> {
    shell.opened.push(address);
    return Promise.resolve();
  },
};
