import { dirname, join } from 'node:path';
import { verifyExport } from '#main/exports/verify-export.ts';
import { hindersNobody } from './axe.ts';
import { clientOf } from './desk-client.ts';
import { expect, test } from './sample.fixture.ts';

test('An auditor exports one reply from the decision log, and what was written verifies', async ({ sample }) => {
  const page = await sample.as('Edwin Castillo');
  const desk = await clientOf(page);
  const filter = { view: 'approvals', from: null, to: null, person: null, role: null, channel: null } as const;
  const { rows } = await desk.journal.log({ filter: { ...filter, type: 'reply.approved' } });
  await page.goto(new URL(`/log/${String(rows[0]?.seq)}`, page.url()).href);
  await page.getByRole('button', { name: 'Export…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByLabel('Everything about this one reply')).toBeChecked();
  await expect(dialog.getByLabel('Nothing that is sealed')).toBeChecked();
  const field = dialog.getByRole('textbox', { name: 'New folder on this machine' });
  await expect(field).toHaveValue(/countersign-reply-/);

  await hindersNobody(page, 'what to export');
  await field.fill(dirname(sample.folder));
  await dialog.getByRole('button', { name: 'Export', exact: true }).click();
  await expect(dialog.getByRole('alert')).toContainText('exists already');
  await expect(dialog.getByRole('alert')).toBeInViewport();

  const folder = join(dirname(sample.folder), 'taken away');
  await field.fill(folder);
  await dialog.getByLabel('The posts and texts in this export').check();
  await dialog.getByRole('button', { name: 'Export', exact: true }).click();
  await expect(page.getByRole('dialog', { name: 'Exported' })).toContainText(`countersign verify '${folder}' --key`);
  await hindersNobody(page, 'what was exported');
  expect(await verifyExport(folder)).toMatchObject({ ok: true, problems: [] });
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await page.goto(new URL('/log?view=exportsAndChecks', page.url()).href);
  await expect(page.getByText('Exported to a folder').first()).toBeVisible();
});
