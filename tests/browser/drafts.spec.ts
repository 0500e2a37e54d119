import { expect, test } from './office.fixture.ts';
import { ENDLESS, HOSTILE_TEXTS } from './hostile-text.ts';
import { actButton, claim, editorOf, replyPane, takeIn, write } from './reply-steps.ts';

test('A text that is too long cannot be submitted, and the meter says by how much', async ({ northwind }) => {
  const { Agnes } = northwind.office;
  await takeIn(Agnes, await northwind.customerPosts('long.example', 'Tell me everything!'));
  await claim(Agnes);
  await write(Agnes, 'a'.repeat(304));
  await expect(Agnes.getByTestId('length')).toHaveText('304 of 300 characters, 4 too many');
  await expect(actButton(Agnes, /^Submit/)).toHaveAttribute('aria-disabled', 'true');
  await write(Agnes, 'a'.repeat(300));
  await expect(Agnes.getByTestId('length')).toHaveText('300 of 300 characters, 0 left');
  await expect(actButton(Agnes, /^Submit/)).not.toHaveAttribute('aria-disabled', 'true');
  // A family of four is one character of 25 bytes: the bytes run out first.
  await write(Agnes, '👨‍👩‍👧‍👦'.repeat(121));
  await expect(Agnes.getByTestId('length')).toHaveText('3,025 of 3,000 bytes, 25 too many');
  await expect(actButton(Agnes, /^Submit/)).toHaveAttribute('aria-disabled', 'true');
});

test('Hostile text that is written is text: it runs nothing, and hidden characters are found', async ({
  northwind,
}) => {
  const { Agnes } = northwind.office;
  await takeIn(Agnes, await northwind.customerPosts('hostile.example', 'Please answer.'));
  await claim(Agnes);
  const preview = replyPane(Agnes).getByRole('region', { name: 'Exactly what is sent' }).locator('p.read');
  for (const text of [HOSTILE_TEXTS.markup, HOSTILE_TEXTS.template]) {
    await write(Agnes, text);
    await expect.poll(() => preview.evaluate((element) => element.textContent)).toBe(text);
    expect(await Agnes.evaluate(() => 'wasRun' in globalThis)).toBe(false);
  }
  for (const text of [HOSTILE_TEXTS.rightToLeft, HOSTILE_TEXTS.zeroWidth]) {
    await write(Agnes, text);
    await expect(Agnes.getByRole('complementary', { name: 'Context' })).toContainText('Hidden characters');
    await expect(actButton(Agnes, /^Submit/)).toHaveAttribute('aria-disabled', 'true');
  }
});

test('A paste of a hundred thousand characters is counted and refused, and the page goes on', async ({ northwind }) => {
  const { Agnes } = northwind.office;
  await takeIn(Agnes, await northwind.customerPosts('endless.example', 'Please answer briefly.'));
  await claim(Agnes);
  await editorOf(Agnes).evaluate((editor, text) => {
    const data = new DataTransfer();
    data.setData('text/plain', text);
    editor.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, ENDLESS);
  await expect(Agnes.getByTestId('length')).toHaveText(/too many$/);
  await expect(actButton(Agnes, /^Submit/)).toHaveAttribute('aria-disabled', 'true');
  await write(Agnes, 'Briefly, then.');
  await expect(actButton(Agnes, /^Submit/)).not.toHaveAttribute('aria-disabled', 'true');
});

test('What was written survives a reload', async ({ northwind }) => {
  const { Agnes } = northwind.office;
  await takeIn(Agnes, await northwind.customerPosts('reload.example', 'Will it be kept?'));
  await claim(Agnes);
  await write(Agnes, 'It is kept over a reload.');
  await expect(replyPane(Agnes).locator('header').first()).toContainText(/saved \d\d:\d\d/);
  await Agnes.reload();
  await expect(editorOf(Agnes)).toHaveText('It is kept over a reload.');
});
