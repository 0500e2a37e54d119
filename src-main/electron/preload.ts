import { contextBridge, ipcRenderer } from 'electron';

// This file runs between the hostile page and Electron: it imports Electron alone and decides as little as it can. What
// it forwards is judged by the gate in the main process, which spells these names too.
const OWN_ORIGIN = 'app://countersign';
const CONNECT = 'countersign:connect';
const MENU = 'countersign:menu';

/** The main project knows no DOM: this is the part of a window that is used here. */
declare const window: {
  addEventListener(
    type: 'message',
    listener: (event: {
      readonly source: unknown;
      readonly origin: string;
      readonly data: unknown;
      readonly ports: readonly object[];
    }) => void,
  ): void;
};

let isForwarded = false;

window.addEventListener('message', ({ source, origin, data, ports }) => {
  const [port] = ports;
  if (isForwarded || source !== window || origin !== OWN_ORIGIN || data !== CONNECT) return;
  if (!port || ports.length !== 1) return;
  isForwarded = true;
  ipcRenderer.postMessage(CONNECT, null, [port]);
});

contextBridge.exposeInMainWorld('countersign', {
  host: 'desktop',
  platform: process.platform,
  /** Calls back with what is chosen in the menu. @returns how to stop */
  onMenu: (listener: (command: string) => void): (() => void) => {
    const forward = (_event: unknown, command: unknown): void => {
      if (typeof command === 'string') listener(command);
    };
    ipcRenderer.on(MENU, forward);
    return () => {
      ipcRenderer.off(MENU, forward);
    };
  },
});
