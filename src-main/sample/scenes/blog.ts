import type { SceneMaker } from '../scene.ts';

/** The company's blog, which the press reads: Legal reads every answer. */
export const blogScenes: SceneMaker = () => [
  {
    name: 'atelier-nord',
    channel: 'blog',
    handle: 'atelier-nord.example',
    language: 'fr',
    posted: { minutesAgo: 2_760 },
    post: 'La pièce de rechange pour ma machine à pain BP-2, le joint de cuve, est annoncée « sous dix jours » depuis sept semaines. La boutique encaisse la commande, puis plus rien. Dois-je vraiment jeter une machine de trois ans pour un joint à quatre euros ?',
    steps: [
      [190, 'leila', { do: 'capture' }],
      [193, 'leila', { do: 'claim' }],
      [
        248,
        'leila',
        {
          do: 'revise',
          text: {
            template: 'spare-part-fr',
            slots: { reference: 'JC-204', piece: 'joint de cuve', delai: 'quatre jours ouvrés' },
          },
        },
      ],
      [251, 'leila', { do: 'submit' }],
      [
        366,
        'yuki',
        {
          do: 'requestChanges',
          reason:
            'Seven weeks of waiting need an apology before anything else. And she has ordered already: she need not order again.',
        },
      ],
      [
        1_325,
        'leila',
        {
          do: 'revise',
          text: 'Bonjour, sept semaines pour un joint, c’est trop long, et nous vous prions de nous en excuser. La pièce JC-204 est de nouveau en stock ; la vôtre part sans délai. La notice de montage est jointe.',
        },
      ],
      [1_328, 'leila', { do: 'submit' }],
      [
        1_461,
        'rachel',
        {
          do: 'requestChanges',
          reason: '“Sans délai” is a promise without a date. Say on which day it leaves, or leave it out.',
        },
      ],
      [
        1_502,
        'leila',
        {
          do: 'revise',
          text: 'Bonjour, sept semaines pour un joint, c’est trop long, et nous vous prions de nous en excuser. La pièce JC-204 est de nouveau en stock ; la vôtre part demain matin, et nous vous l’offrons. La notice de montage est jointe.',
        },
      ],
      [1_505, 'leila', { do: 'submit', note: 'The warehouse has set one aside for her.' }],
      [1_570, 'yuki', { do: 'approve', comment: 'Now it sounds like us.' }],
      [
        2_655,
        'rachel',
        {
          do: 'requestChanges',
          reason:
            'Do not give the part away in public: everybody who waits could ask for it. Tell her about the price in private, and say here that we write to her.',
        },
      ],
      [
        2_718,
        'leila',
        {
          do: 'revise',
          text: 'Bonjour, sept semaines pour un joint, c’est trop long, et nous vous prions de nous en excuser. La pièce JC-204 est de nouveau en stock ; la vôtre part demain matin, et vous recevez le numéro de suivi par message privé. La notice de montage est jointe : dix minutes suffisent. acme.example/joint',
        },
      ],
    ],
    ends: 'drafting',
  },
  {
    name: 'petit-four',
    channel: 'blog',
    handle: 'petit-four.example',
    language: 'fr',
    posted: { minutesAgo: 2_410 },
    post: 'Le minuteur de mon four FE-60 sonne deux fois : à la fin, puis dix minutes après. Est-ce normal, ou est-ce une blague de l’ingénieur ? 🙂',
    steps: [
      [61, 'leila', { do: 'capture' }],
      [63, 'leila', { do: 'claim' }],
      [
        118,
        'leila',
        {
          do: 'revise',
          text: 'Bonjour, ce n’est pas une blague, même si l’ingénieur a bien ri : la seconde sonnerie rappelle que le four est encore chaud. Vous pouvez la couper dans Réglages, puis Sons, puis Fin de cuisson. Bonne cuisson ! acme.example/minuteur',
        },
      ],
      [121, 'leila', { do: 'submit' }],
      [872, 'kwame', { do: 'approve', comment: 'Charming.' }],
      [911, 'rachel', { do: 'approve' }],
    ],
    // Nobody released it within the day for which the approvals count: both reviews are asked for again.
    ends: 'inReview.comms.deciding',
  },
  {
    name: 'dos-ruedas',
    channel: 'blog',
    handle: 'dos-ruedas.example',
    language: 'es',
    posted: { minutesAgo: 2_630 },
    post: 'Compré el horno con el código HOGAR15 y el descuento no aparece en la factura. En el carrito sí estaba. ¿A quién se lo reclamo?',
    steps: [
      [144, 'mateo', { do: 'capture' }],
      [147, 'mateo', { do: 'claim' }],
      [
        1_360,
        'mateo',
        {
          do: 'revise',
          text: { template: 'discount-es', slots: { nombre: 'Lucía', importe: '59,85 €' } },
        },
      ],
      [1_363, 'mateo', { do: 'submit', note: 'Accounts has corrected the invoice.' }],
      [1_461, 'kwame', { do: 'approve' }],
      [2_570, 'tomasz', { do: 'approve', comment: 'The amount agrees with the order.' }],
      [2_586, 'nour', { do: 'schedule', minutesAhead: 44 + 95 }],
    ],
    ends: 'scheduled',
  },
  {
    name: 'mutfak-defteri',
    channel: 'blog',
    handle: 'mutfak-defteri.example',
    language: 'tr',
    posted: { minutesAgo: 2_540 },
    post: 'BL-4 blender bıçağının yedeğini hiçbir yerde bulamıyorum. Ürün satıştan kalktıysa yedek parçası da mı kalktı?',
    steps: [
      [77, 'leila', { do: 'capture' }],
      [80, 'leila', { do: 'claim' }],
      [
        139,
        'leila',
        {
          do: 'revise',
          text: 'Merhaba, BL-4 bıçağının yedeği hâlâ var; yalnızca mağazada yanlış bölümde duruyordu, bugün düzelttik. Sipariş için: acme.example/yedek-parca, parça numarası BL4-B2. Üretimi biten ürünlerin parçalarını on yıl daha bulunduruyoruz.',
        },
      ],
      [142, 'leila', { do: 'submit' }],
      [1_290, 'ingrid', { do: 'approve' }],
      [2_244, 'rachel', { do: 'approve', comment: 'Ten years is what our terms say.' }],
      [2_330, 'network', { do: 'moderate', edit: null }],
      [2_342, 'nour', { do: 'release' }],
    ],
    ends: 'published.gone',
  },
];
