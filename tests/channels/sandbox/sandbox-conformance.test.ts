import { beforeEach } from 'vitest';
import { describeChannelConformance, type ChannelFixture } from '../channel-conformance.ts';
import { addressOf, CUSTOMER, HANDLE, practiceNetwork } from './practice-desk.ts';

let fixture: ChannelFixture;

beforeEach(() => {
  const { network, adapter, post } = practiceNetwork();
  const first = post('Is it only me?', { handle: 'kim.example' });
  const second = post('No, here too. 😤', { handle: 'lee.example', parent: first.id });
  const complaint = post('And nobody answers the phone. 👩🏽‍💻 #outage', { parent: second.id });
  fixture = {
    adapter,
    customerPost: {
      address: addressOf(complaint),
      text: complaint.text,
      author: CUSTOMER,
      above: [first.text, second.text],
    },
    missingAddress: 'practice://posts/00000000-0000-4000-8000-000000000000',
    answer: (receipt, text) => Promise.resolve(addressOf(post(text, { parent: receipt.id }))),
    countOurs: (text) =>
      Promise.resolve(network.posts.filter((made) => made.handle === HANDLE && made.text === text).length),
  };
});

describeChannelConformance('The practice channel', () => fixture);
