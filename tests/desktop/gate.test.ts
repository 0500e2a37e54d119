import { EventEmitter } from 'node:events';
import type { MessagePortMain, WebContents } from 'electron';
import pino from 'pino';
import { describe, expect, it } from 'vitest';
import { connectRefusal, Gate, type ConnectAttempt } from '#main/electron/gate.ts';

const GOOD: ConnectAttempt = {
  isOwnContents: true,
  isTopFrame: true,
  origin: 'app://countersign',
  address: 'app://countersign/queue/first',
  ports: 1,
  isConnected: false,
};

describe('an attempt to connect', () => {
  it('is let in from the desk’s own page', () => {
    expect(connectRefusal(GOOD)).toBeNull();
  });

  it.each([
    ['comes from other contents', { isOwnContents: false }, 'foreign contents'],
    ['comes from a frame in the page', { isTopFrame: false }, 'not the top frame'],
    ['comes from a frame that is gone', { origin: null, address: null }, 'foreign origin'],
    ['comes from another scheme', { origin: 'https://countersign' }, 'foreign origin'],
    ['comes from an origin that begins alike', { origin: 'app://countersign.evil' }, 'foreign origin'],
    ['comes from an origin of another case', { origin: 'app://Countersign' }, 'foreign origin'],
    ['comes from an opaque origin', { origin: 'null' }, 'foreign origin'],
    ['comes from about:blank with our origin', { address: 'about:blank' }, 'foreign origin'],
    ['comes from an address with a name before the host', { address: 'app://me@countersign/' }, 'foreign origin'],
    ['brings no port', { ports: 0 }, 'not one port'],
    ['brings two ports', { ports: 2 }, 'not one port'],
    ['comes from a load that has a port', { isConnected: true }, 'second port'],
  ])('is refused when it %s', (_, difference, reason) => {
    expect(connectRefusal({ ...GOOD, ...difference })).toBe(reason);
  });
});

class Port extends EventEmitter {
  isClosed = false;

  close(): void {
    this.isClosed = true;
  }
}

const setUp = () => {
  const connected: { sessionId: string; isOpen: boolean }[] = [];
  const gate = new Gate(
    () => {
      const connection = { sessionId: `session ${String(connected.length + 1)}`, isOpen: true };
      connected.push(connection);
      return {
        sessionId: connection.sessionId,
        close: () => {
          connection.isOpen = false;
        },
      };
    },
    pino({ level: 'silent' }),
  );
  const contents = new EventEmitter();
  gate.guard(contents as unknown as WebContents);
  const offer = (sender: EventEmitter = contents): Port => {
    const port = new Port();
    gate.receive({
      sender: sender as unknown as WebContents,
      senderFrame: { parent: null, origin: GOOD.origin, url: GOOD.address } as never,
      ports: [port as unknown as MessagePortMain],
    });
    return port;
  };
  return { gate, contents, connected, offer };
};

describe('the gate', () => {
  it('closes every port that it does not let in', () => {
    const { connected, offer } = setUp();
    expect(offer(new EventEmitter()).isClosed).toBe(true);
    expect(offer().isClosed).toBe(false);
    expect(offer().isClosed).toBe(true);
    expect(connected).toHaveLength(1);
  });

  it.each(['did-navigate', 'render-process-gone', 'destroyed'])('ends the connection at %s', (event) => {
    const { gate, contents, connected, offer } = setUp();
    offer();
    contents.emit(event);
    expect(connected.map(({ isOpen }) => isOpen)).toEqual([false]);
    expect(gate.sessionId).toBeNull();
  });

  it('keeps the connection while a navigation is begun and denied', () => {
    const { contents, connected, offer } = setUp();
    offer();
    contents.emit('did-start-navigation');
    contents.emit('will-navigate');
    expect(connected.map(({ isOpen }) => isOpen)).toEqual([true]);
  });

  it('lets the next load in, in a session of its own', () => {
    const { gate, contents, offer } = setUp();
    offer();
    contents.emit('did-navigate');
    expect(offer().isClosed).toBe(false);
    expect(gate.sessionId).toBe('session 2');
  });

  it('hears old contents no more once there are others', () => {
    const { gate, contents, connected, offer } = setUp();
    const next = new EventEmitter();
    gate.guard(next as unknown as WebContents);
    offer(next);
    contents.emit('did-navigate');
    contents.emit('destroyed');
    expect(connected.map(({ isOpen }) => isOpen)).toEqual([true]);
    expect(offer().isClosed).toBe(true);
  });
});
