import type { SceneMaker } from '../scene.ts';

/** What the company answers elsewhere, later, or not at all. */
export const scenesWithoutReply: SceneMaker = () => [
  {
    name: 'voucher-hunter',
    channel: 'bluesky',
    handle: 'voucher-hunter.example',
    language: 'en',
    posted: { minutesAgo: 190 },
    post: 'My toaster was two days late. A € 50 voucher would make me forget it, @acme.example 😇 #justsaying',
    steps: [
      [11, 'priya', { do: 'capture' }],
      [13, 'priya', { do: 'claim' }],
      [
        44,
        'priya',
        {
          do: 'revise',
          text: 'We are sorry about the two days. As compensation you receive a € 50 voucher by private message. Enjoy the toast!',
        },
      ],
      [46, 'priya', { do: 'submit' }],
      [68, 'yuki', { do: 'approve' }],
      [
        124,
        'tomasz',
        {
          do: 'reject',
          reason:
            'Two days late gives no claim, and everybody reads along: tomorrow there are twenty posts like this one. An apology without money is all there is to say here.',
        },
      ],
    ],
    ends: 'rejected',
  },
  {
    name: 'casa-azul',
    channel: 'bluesky',
    handle: 'casa-azul.example',
    language: 'pt',
    posted: { minutesAgo: 402 },
    post: 'A aplicação da @acme.example diz que o meu forno está ligado. Estou fora de casa e não deixei nada ligado. Devo preocupar-me? 😬',
    steps: [
      [3, 'mateo', { do: 'capture' }],
      [4, 'mateo', { do: 'claim' }],
      [
        13,
        'mateo',
        {
          do: 'revise',
          text: 'Olá! Para ter a certeza: peça a alguém que veja o forno ou desligue-o na aplicação, em Forno e depois Parar. Se isso não for possível, ligue-nos já: 0800 000 000, dia e noite.',
        },
      ],
      [
        21,
        'mateo',
        {
          do: 'withdraw',
          reason:
            'We reached her by phone. Her sister looked: the oven is off, and after a restart the app says so too.',
        },
      ],
    ],
    ends: 'withdrawn',
  },
  {
    name: 'rain-coat-club',
    channel: 'bluesky',
    handle: 'rain-coat-club.example',
    language: 'en',
    posted: { minutesAgo: 338 },
    post: 'Unpopular opinion: the @acme.example salad spinner is the best toy my kids have ever had 🥗🌀',
    steps: [
      [26, 'priya', { do: 'capture' }],
      [
        31,
        'priya',
        {
          do: 'monitor',
          hours: 24,
          reason: 'Praise, with many answers below it. We look again tomorrow whether a question comes up.',
        },
      ],
    ],
    ends: 'monitoring',
  },
  {
    name: 'casino-de-luxe',
    channel: 'bluesky',
    handle: 'casino-de-luxe.example',
    language: 'en',
    posted: { minutesAgo: 305 },
    post: '🎰 WIN 5000 TODAY 🎰 Follow casino-de-luxe.example/free and tag @acme.example !!! #win #free #money',
    steps: [
      [17, 'mateo', { do: 'capture' }],
      [18, 'mateo', { do: 'dismiss', reason: 'Advertising. Reported to the network.' }],
    ],
    ends: 'noResponse',
  },
  {
    name: 'levontin',
    channel: 'forum',
    handle: 'levontin.example',
    language: 'he',
    posted: { workday: -1, at: '10:08' },
    post: 'שלחתי את המיקסר לתיקון לפני חודש, מספר תיקון 40718, ועדיין אין תשובה. הטלפון שלי רשום בטופס. מישהו יכול לבדוק?',
    steps: [
      [57, 'leila', { do: 'capture' }],
      [
        113,
        'leila',
        {
          do: 'handlePrivately',
          reason: 'The answer stands in the repair file. I called her; the mixer leaves the workshop tomorrow.',
        },
      ],
    ],
    ends: 'privateHandling',
  },
];
