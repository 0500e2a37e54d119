import { expect, test } from 'vitest';
import { deskForTest, type TestDesk } from './desk.fixture.ts';
import { PASSPHRASE } from './roster.ts';
import { LATE_DELIVERY } from './wording.ts';

const found = async (desk: TestDesk, search: string): Promise<string[]> =>
  (await desk.people.uma.desk.template.list({ search })).templates.map(({ name }) => name);

test('templates are found by words of their name and of their wording, whatever the case', async () => {
  const desk = await deskForTest();
  const before = (await desk.people.uma.desk.template.list({})).templates.length;
  await desk.flow.writtenTemplate({ ...LATE_DELIVERY, name: 'Verspätung' });
  await desk.flow.writtenTemplate({
    ...LATE_DELIVERY,
    name: 'Praise',
    body: [[{ type: 'text', text: 'Thank you, you made our Day.' }]],
    slots: [],
  });
  expect(await found(desk, 'VERSPÄTUNG')).toEqual(['Verspätung']);
  expect(await found(desk, 'our day')).toEqual(['Praise']);
  expect(await found(desk, 'nowhere to be read')).toEqual([]);
  const { templates, total } = await desk.people.uma.desk.template.list({ search: 'our day' });
  expect(templates).toHaveLength(1);
  expect(total).toBe(before + 2);
});

test('a template in review names the reviews that nobody has decided yet', async () => {
  const desk = await deskForTest();
  const { carl, cleo } = desk.people;
  const pin = await desk.flow.writtenTemplate(LATE_DELIVERY);
  const open = async () =>
    (await carl.desk.template.list({})).templates.find(({ id }) => id === pin.template)?.openReviews;
  expect(await open()).toEqual([]);
  await carl.desk.template.submit(await desk.flow.templateTarget(pin));
  expect(await open()).toEqual(['comms', 'legal']);
  await cleo.desk.template.approve({
    ...(await desk.flow.templateTarget(pin)),
    review: 'comms',
    passphrase: PASSPHRASE,
  });
  expect(await open()).toEqual(['legal']);
});
