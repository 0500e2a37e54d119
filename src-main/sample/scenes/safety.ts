import type { SceneMaker } from '../scene.ts';

const HEATER = { product: 'heater', model: 'AH-20', phone: '0800 000 000' } as const;

/** Where somebody could come to harm. */
export const safetyScenes: SceneMaker = (calendar) => {
  const dayOfRecall = calendar.dayAndMonth('en-GB', -20);
  return [
    {
      name: 'third-floor-left',
      channel: 'bluesky',
      handle: 'third-floor-left.example',
      language: 'en',
      posted: { minutesAgo: 109 },
      post: 'My @acme.example heater has tripped the breaker twice since last night and the plug has gone brown. Is this the recall everyone talks about? My baby sleeps in the next room. Somebody please answer.',
      steps: [
        [3, 'priya', { do: 'capture' }],
        [4, 'priya', { do: 'claim' }],
        [
          11,
          'priya',
          {
            do: 'revise',
            text: 'We are sorry to read this. There is a voluntary recall of the AH-20 heater. Please check the label of yours and stop using it until you have. We will collect it free of charge and send a replacement. acme.example/heater',
          },
        ],
        [12, 'priya', { do: 'submit', note: 'Urgent: a child sleeps next door.' }],
        [
          19,
          'ingrid',
          {
            do: 'requestChanges',
            reason:
              'The first words must be what to do now: unplug it. Take the safety template. The apology can wait, the plug cannot.',
          },
        ],
        [
          26,
          'priya',
          {
            do: 'revise',
            text: {
              template: 'stop-using-en',
              slots: { ...HEATER, date: dayOfRecall },
              changes: [
                ['now and do not use it again', 'now and keep it unplugged'],
                ['it is part of the recall of', 'it is part of the voluntary recall of'],
                [' or refund you, as you choose', ''],
              ],
            },
          },
        ],
        [27, 'priya', { do: 'submit' }],
        [
          42,
          'tomasz',
          {
            do: 'requestChanges',
            reason:
              'Not voluntary: the authority ordered it. And the order gives the choice between replacement and refund, so both must stand there.',
          },
        ],
        [
          47,
          'rachel',
          {
            do: 'hold',
            reason: 'AH-20: the market surveillance authority has asked us to keep every report of a burnt plug.',
          },
        ],
        [56, 'priya', { do: 'revise', text: { template: 'stop-using-en', slots: { ...HEATER, date: dayOfRecall } } }],
        [57, 'priya', { do: 'submit', note: 'The template as approved, with nothing changed.' }],
        [64, 'ingrid', { do: 'approve', comment: 'Clear, and the first words are what to do.' }],
      ],
      ends: 'inReview.legal.deciding',
    },
    {
      name: 'third-floor-left, again',
      channel: 'bluesky',
      handle: 'third-floor-left.example',
      language: 'en',
      posted: { minutesAgo: 31 },
      post: 'Still waiting, @acme.example. It is unplugged now and on the balcony. How do I send you this thing back?',
      steps: [
        [6, 'priya', { do: 'capture' }],
        [
          9,
          'priya',
          {
            do: 'merge',
            into: 'third-floor-left',
            reason: 'Same customer, same heater: the first reply says that we collect it.',
          },
        ],
      ],
      ends: 'merged',
    },
    {
      name: 'warmes-zimmer',
      channel: 'forum',
      handle: 'warmes-zimmer.example',
      language: 'de',
      posted: { minutesAgo: 1_406 },
      thread: [
        {
          minutesBefore: 640,
          handle: 'ofenbank.example',
          text: 'Hat noch jemand den Brief wegen des Heizlüfters AH-20 bekommen? Darin ist nur von weißen Steckern die Rede.',
        },
        {
          minutesBefore: 415,
          handle: 'norddeich-12.example',
          text: 'Ja, gestern. Meiner hat aber einen schwarzen Stecker und das gleiche Typenschild. Die Hotline war dauernd besetzt.',
        },
      ],
      post: 'Ist der AH-20 mit schwarzem Stecker auch dabei? Auf der Rückrufseite steht nur etwas von weißen Steckern. Unserer läuft im Kinderzimmer; wir haben ihn vorsichtshalber ausgesteckt. 🔌',
      steps: [
        [75, 'leila', { do: 'capture' }],
        [77, 'leila', { do: 'claim' }],
        [80, 'leila', { do: 'handOver', to: 'jonas' }],
        [
          132,
          'jonas',
          {
            do: 'revise',
            text: {
              template: 'stop-using-de',
              slots: {
                geraet: 'den Heizlüfter',
                modell: 'AH-20',
                datum: calendar.dayAndMonth('de-DE', -20),
                telefon: '0800 000 000',
              },
              changes: [
                ['Bitte ziehen Sie den Stecker und benutzen Sie', 'Gut, dass er ausgesteckt ist: Bitte benutzen Sie'],
              ],
            },
          },
        ],
        [135, 'jonas', { do: 'submit', note: 'Product safety confirms: the colour of the plug does not matter.' }],
        [1_180, 'kwame', { do: 'approve', comment: 'It answers the question that was asked, the colour of the plug.' }],
      ],
      ends: 'inReview.legal.deciding',
    },
    {
      name: 'qahwa-wa-kitab',
      channel: 'bluesky',
      handle: 'qahwa-wa-kitab.example',
      language: 'ar',
      posted: { minutesAgo: 68 },
      post: 'ماكينة القهوة تسرّب الماء منذ أول يوم ولا أحد يرد على رسائلي. هل من حل يا @acme.example؟ ☕💧',
      steps: [
        [5, 'leila', { do: 'capture' }],
        [9, 'leila', { do: 'claim' }],
        [
          29,
          'leila',
          {
            do: 'revise',
            text: 'نعتذر عن هذه التجربة وعن تأخر ردّنا. يرجى فصل الماكينة عن الكهرباء وعدم استخدامها إلى أن نفحصها. نرسل إليكم غدًا من يستلمها، وتصلكم ماكينة بديلة على نفقتنا. كتبنا إليكم الآن في رسالة خاصة لتحديد الموعد. فريق العناية في Acme',
          },
        ],
        [31, 'leila', { do: 'submit', note: 'Water near the mains: unplugging comes right after the apology.' }],
      ],
      ends: 'inReview.comms.deciding',
    },
    {
      name: 'azulejo-14',
      channel: 'bluesky',
      handle: 'azulejo-14.example',
      language: 'pt',
      posted: { minutesAgo: 61 },
      post: 'A tampa da panela de pressão da @acme.example não fecha desde ontem. É seguro continuar a usá-la? 😟',
      steps: [
        [4, 'mateo', { do: 'capture' }],
        [5, 'mateo', { do: 'claim' }],
        [
          18,
          'mateo',
          {
            do: 'revise',
            text: 'Olá! Por favor, não use a panela enquanto a tampa não fechar bem. A borracha de vedação troca-se em dois minutos, como mostramos em acme.example/tampa. Se mesmo assim não fechar, escreva-nos por mensagem privada e tratamos do resto hoje.',
          },
        ],
        [20, 'mateo', { do: 'submit' }],
        [
          33,
          'mateo',
          {
            do: 'recall',
            reason: 'She has posted a photo: it is the older lid, and the page I link to shows the new one.',
          },
        ],
      ],
      ends: 'drafting',
    },
  ];
};
