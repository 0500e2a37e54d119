import type { Measure } from '#workflows/channel/channel.ts';
import { countGraphemes } from '#workflows/content/words.ts';
import type { ChannelEntry } from '../core/state/tables.ts';
import type { ChannelAdapter, ChannelError } from './channel-adapter.ts';

const measure = (text: string): Measure => ({
  graphemes: countGraphemes(text),
  bytes: Buffer.byteLength(text, 'utf8'),
  fits: true,
});

/**
 * Stands in the place of a channel that cannot be made of its settings or credentials, so that the trouble stays its own:
 * what was captured and written on it can be looked at, it recognises no address, and every call to the network is refused
 * with the reason. Its limits are not known; whoever submits asks the registry first.
 */
export const channelOutOfOrder = ({ id, kind, settings }: ChannelEntry, reason: ChannelError): ChannelAdapter => {
  const refuse = (): Promise<never> => Promise.reject(reason);
  return {
    kind,
    network: kind === 'sandbox' ? `sandbox/${id}` : kind,
    limits: settings.limits ?? { graphemes: null, bytes: null },
    measure,
    render: refuse,
    show: ({ text }) => (typeof text === 'string' ? [{ kind: 'text', text, href: null }] : []),
    complete: () => {
      throw reason;
    },
    newKey: () => {
      throw reason;
    },
    publish: refuse,
    find: refuse,
    read: refuse,
    remove: refuse,
    recognises: () => false,
    capture: refuse,
    answersTo: refuse,
  };
};
