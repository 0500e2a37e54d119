import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test, vi } from 'vitest';
import { deskForTest } from './desk.fixture.ts';
import { confirm, propose, publishedTo } from './erasure-flow.ts';
import { exportOf } from './exported.ts';
import { outcomesOf } from './refusal.ts';

test.each(['content', 'keys', 'none'] as const)(
  'a customer who is erased while an export that opens %s is written is in no copy that opens anything',
  async (revealed) => {
    const desk = await deskForTest();
    const { customer, reply } = await publishedTo(desk);
    await propose(desk, customer);
    const { turns } = desk.host.desk;
    let release = (): void => undefined;
    const held = turns.take('desk', () => new Promise<void>((resolve) => (release = resolve)));
    const take = vi.spyOn(turns, 'take');
    // The confirmation stands in the queue before the record of the export, whose files are written by then.
    const confirming = confirm(desk, customer);
    await vi.waitUntil(() => take.mock.calls.length === 1);
    const exporting = outcomesOf([exportOf(desk, { of: 'reply', reply }, { revealed })]);
    await vi.waitUntil(() => take.mock.calls.length === 2);
    release();
    await Promise.all([held, confirming]);
    const [refusal] = await exporting;
    const beside = readdirSync(dirname(desk.folder)).filter((name) => /^\.?export-/.test(name));
    if (revealed === 'none') {
      // It opens nothing: what the key opened is unreadable in it as everywhere.
      expect(refusal).toBe('done');
      expect(beside).toHaveLength(1);
      return;
    }
    expect(refusal).toBe('ILLEGAL_TRANSITION exportErasedMeanwhile');
    expect(beside).toEqual([]);
    expect(desk.records().filter(({ type }) => type === 'audit.exported/2')).toEqual([]);
    const again = await exportOf(desk, { of: 'reply', reply }, { revealed });
    expect(again.asked).toBeGreaterThan(0);
  },
);
