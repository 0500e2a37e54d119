import { approvedAsWritten, type TemplateStory, type TemplateWording } from './template-story.ts';

const lateDelivery = {
  name: 'Late delivery, new date',
  language: 'en',
  slots: {
    name: ['name', 'How the customer is called', 'Sam'],
    article: ['text', 'What was ordered', 'washing machine'],
    date: ['date', 'The new date, as the carrier confirmed it', 'Thursday 26 November'],
  },
} as const;

const doubleCharge: TemplateWording = {
  name: 'Charged twice in the app',
  language: 'en',
  body: 'That should not happen, {{name}}, and we are sorry. The second payment of {{amount}} was only reserved, not taken; your bank releases it by {{date}}. Is it still there then? Write to us at acme.example/pay and we settle it the same day.',
  slots: {
    name: ['name', 'How the customer is called', 'Sam'],
    amount: ['amount', 'The second payment, as the app shows it', '€ 39.90'],
    date: ['date', 'Three banking days from now', 'Friday 27 November'],
  },
};

const stopUsing = {
  name: 'Safety: stop using the product',
  language: 'en',
  slots: {
    product: ['text', 'What must be unplugged', 'heater'],
    model: ['reference', 'The model on the label', 'AH-20'],
    date: ['date', 'Day of the recall', '3 November'],
    phone: ['text', 'The number that is answered day and night', '0800 000 000'],
  },
} as const;

export const ENGLISH_TEMPLATES = {
  'late-delivery-en': [
    approvedAsWritten(
      { workday: -8, at: '13:35' },
      { by: 'yuki', comms: 'kwame', legal: 'tomasz' },
      {
        ...lateDelivery,
        body: 'Sorry about the wait, {{name}}. Your {{article}} arrives on {{date}}. Tell us if that day does not suit you.',
      },
    ),
    approvedAsWritten(
      { workday: -4, at: '09:40' },
      { by: 'ingrid', comms: 'yuki', legal: 'rachel' },
      {
        ...lateDelivery,
        body: 'Sorry about the wait, {{name}}. Your {{article}} now arrives on {{date}}, {{window}}. If that does not suit you, tell us here by {{until}} and we find another day.',
        slots: {
          ...lateDelivery.slots,
          window: ['time', 'The carrier’s window', 'between 8 and 11'],
          until: ['time', 'Until when the day can be changed', 'noon tomorrow'],
        },
      },
    ),
  ],
  'double-charge-en': [
    {
      from: { workday: -7, at: '09:20' },
      steps: [
        [
          0,
          'kwame',
          {
            do: 'revise',
            wording: {
              ...doubleCharge,
              body: 'That should not happen, {{name}}, and we are sorry. We refund the second payment of {{amount}} by {{date}}.',
            },
          },
        ],
        [8, 'kwame', { do: 'submit' }],
        [
          63,
          'rachel',
          {
            do: 'requestChanges',
            reason: 'There is nothing to refund: the second payment is a reservation that the bank drops. Say that.',
          },
        ],
        [92, 'kwame', { do: 'revise', wording: doubleCharge }],
        [95, 'kwame', { do: 'submit' }],
        [131, 'ingrid', { do: 'approve' }],
        [148, 'rachel', { do: 'approve' }],
      ],
    },
  ],
  'stop-using-en': [
    approvedAsWritten(
      { workday: -7, at: '13:10' },
      { by: 'ingrid', comms: 'kwame', legal: 'tomasz' },
      {
        ...stopUsing,
        body: 'Please unplug the {{product}} now and keep it unplugged. If its label reads {{model}}, it is part of the recall of {{date}}. We are on the phone all night: {{phone}}, acme.example/heater',
      },
    ),
    approvedAsWritten(
      { workday: -3, at: '08:55' },
      { by: 'ingrid', comms: 'yuki', legal: 'tomasz' },
      {
        ...stopUsing,
        body: 'Please unplug the {{product}} now and do not use it again. If its label reads {{model}}, it is part of the recall of {{date}}. We will collect it free of charge and send a replacement or refund you, as you choose. We are on the phone all night: {{phone}}, acme.example/heater',
        validDays: 5,
      },
    ),
  ],
  'thanks-en': [
    approvedAsWritten(
      { workday: -8, at: '14:20' },
      { by: 'ingrid', comms: 'yuki', legal: 'rachel' },
      {
        name: 'Thanks for praise',
        language: 'en',
        body: 'Thank you for telling us, {{name}}. You made the day of the people who build the {{product}}. If you ever need a part for it: acme.example/parts',
        slots: {
          name: ['name', 'How the customer is called', 'Robin'],
          product: ['text', 'What they praise', 'cast-iron pan'],
        },
      },
    ),
  ],
  'data-en': [
    {
      from: { workday: -8, at: '15:05' },
      steps: [
        [
          0,
          'yuki',
          {
            do: 'revise',
            wording: {
              name: 'Question about personal data',
              language: 'en',
              body: 'We do not sell personal data, {{name}}. What we hold about you stands at acme.example/privacy.',
              slots: { name: ['name', 'How the customer is called', 'Sam'] },
            },
          },
        ],
        [6, 'yuki', { do: 'submit' }],
        [44, 'kwame', { do: 'approve' }],
        [67, 'tomasz', { do: 'approve' }],
        [
          { workday: -3, at: '16:12' },
          'tomasz',
          {
            do: 'retire',
            reason:
              'The privacy page has moved to acme.example/my-data, and a question about data deserves more than a link.',
          },
        ],
      ],
    },
  ],
  'voucher-en': [
    {
      from: { workday: -6, at: '10:25' },
      steps: [
        [
          0,
          'yuki',
          {
            do: 'revise',
            wording: {
              name: 'Apology with voucher',
              language: 'en',
              body: 'We are sorry, {{name}}. Please accept a voucher of {{amount}} for your next order: acme.example/sorry',
              slots: {
                name: ['name', 'How the customer is called', 'Sam'],
                amount: ['amount', 'Value of the voucher', '€ 10'],
              },
            },
          },
        ],
        [5, 'yuki', { do: 'submit' }],
        [
          49,
          'rachel',
          {
            do: 'reject',
            reason:
              'A public voucher tells everybody to ask for one. Where we owe something we say so in private, case by case.',
          },
        ],
      ],
    },
  ],
} as const satisfies Readonly<Record<string, TemplateStory>>;
