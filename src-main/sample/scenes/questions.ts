import type { SceneMaker } from '../scene.ts';

/** Questions that want an answer more than an apology. */
export const questionScenes: SceneMaker = (calendar) => [
  {
    name: 'night-train',
    channel: 'bluesky',
    handle: 'night-train.example',
    language: 'en',
    posted: { minutesAgo: 97 },
    thread: [
      {
        minutesBefore: 95,
        handle: 'paper-lantern.example',
        text: 'Got a catalogue from a furniture shop I have never heard of. How do they know me?',
      },
      {
        minutesBefore: 62,
        handle: 'platform-nine.example',
        text: 'Same here, with my name spelled wrong. There is exactly one shop that spells it like that.',
      },
    ],
    post: 'Is it true that you sell our addresses, @acme.example? These letters come to the exact misspelling of my name that only your app has. #privacy',
    steps: [
      [8, 'priya', { do: 'capture' }],
      [10, 'priya', { do: 'claim' }],
      [
        26,
        'priya',
        {
          do: 'revise',
          text: 'No. We do not sell addresses and never have. A misspelling that only we have is strange, though. What we hold about you stands at acme.example/my-data.',
        },
      ],
      [28, 'priya', { do: 'submit' }],
      [
        49,
        'rachel',
        {
          do: 'requestChanges',
          reason:
            '“Never have” is a statement about twenty years that nobody has checked. Say what we do today, that we look into it, and who writes to her.',
        },
      ],
      [
        66,
        'priya',
        {
          do: 'revise',
          text: 'We do not sell addresses. A misspelling that only our app has is worth looking into, and we began today. What we hold about you, and who received it, you can see at acme.example/my-data. Our data protection officer writes to you by tomorrow evening.',
        },
      ],
      [69, 'priya', { do: 'submit', note: 'The data protection officer has agreed to the date.' }],
    ],
    ends: 'inReview.comms.deciding',
  },
  {
    name: 'html-gremlin',
    channel: 'forum',
    handle: 'html-gremlin.example',
    language: 'en',
    posted: { minutesAgo: 1_375 },
    post: `Does your search box put what I type straight into the page? <script>alert("acme")</script> <img src=x onerror="document.title='pwned'"> <a href="javascript:alert(1)">click me</a> <style>*{display:none}</style> {{constructor.constructor('return 1')()}} '; DROP TABLE kettles; -- &lt;b&gt;bold?&lt;/b&gt; ]]> \${7*7}`,
    steps: [
      [118, 'priya', { do: 'capture' }],
      [121, 'priya', { do: 'claim' }],
      [
        184,
        'priya',
        {
          do: 'revise',
          text: 'Thank you for asking before trying it elsewhere. What you typed is shown here as text, as it should be. The search box did put it into the page until yesterday; since this morning it does not. Anything else you find: acme.example/security',
        },
      ],
      [186, 'priya', { do: 'submit' }],
      [
        983,
        'kwame',
        {
          do: 'revise',
          text: 'Thank you for asking in the open. What you typed is shown here as text, as it should be, and the shop’s search box treats it the same way since its update this week. If you find anything else, please tell acme.example/security first: we answer every report within two working days, and we thank people by name if they like.',
        },
      ],
      [
        986,
        'kwame',
        { do: 'submit', note: 'I have rewritten it with the security team, so another of Comms decides on it.' },
      ],
    ],
    ends: 'inReview.comms.deciding',
  },
  {
    name: 'neko-no-daidokoro',
    channel: 'bluesky',
    handle: 'neko-no-daidokoro.example',
    language: 'ja',
    posted: { minutesAgo: 45 },
    post: '@acme.example の炊飯器、保温が勝手に切れるようになりました。買ってまだ三か月です。修理に出すと何日くらいかかりますか？🍚',
    steps: [
      [7, 'priya', { do: 'capture' }],
      [9, 'priya', { do: 'claim' }],
      [
        23,
        'priya',
        {
          do: 'revise',
          text: 'ご不便をおかけして申し訳ございません。保温が切れる症状は、内ぶたのセンサーの汚れが原因のことがあります。お手入れ方法は acme.example/rice をご覧ください。改善しない場合は無償で点検いたします。お預かりは通常五日ほどです。本日中に個別メッセージでご案内します。',
        },
      ],
      [25, 'priya', { do: 'submit', note: 'Five days is the workshop’s average for this model.' }],
    ],
    ends: 'inReview.comms.deciding',
  },
  {
    name: 'la-moka',
    channel: 'bluesky',
    handle: 'la-moka.example',
    language: 'it',
    posted: { minutesAgo: 84 },
    post: 'La macchina AC-5 perde pressione dopo due mesi e in negozio dicono che «è normale». @acme.example, è davvero normale? ☕',
    steps: [
      [6, 'mateo', { do: 'capture' }],
      [7, 'mateo', { do: 'claim' }],
      [
        27,
        'mateo',
        {
          do: 'revise',
          text: 'Buongiorno, no, dopo due mesi non è normale. Provi prima a pulire il filtro, come mostriamo qui: acme.example/filtro. Se la pressione resta bassa, la garanzia copre la riparazione e il ritiro è gratuito. Le scriviamo oggi in privato.',
        },
      ],
      [29, 'mateo', { do: 'submit' }],
      [58, 'rachel', { do: 'approve', comment: '“Copre” is right for this fault within two years.' }],
    ],
    ends: 'inReview.comms.deciding',
  },
  {
    name: 'two-cats',
    channel: 'bluesky',
    handle: 'two-cats.example',
    language: 'en',
    posted: { minutesAgo: 106 },
    post: 'Your app charged me twice and support says it is “pending”. Pending for whom, @acme.example? 🐈🐈',
    steps: [
      [9, 'priya', { do: 'capture' }],
      [11, 'priya', { do: 'claim' }],
      [
        38,
        'priya',
        {
          do: 'revise',
          text: {
            template: 'double-charge-en',
            slots: { name: 'Noa', amount: '€ 39.90', date: calendar.date('en-GB', 3) },
          },
        },
      ],
      [40, 'priya', { do: 'submit', note: 'Payments shows a reservation, released in three banking days.' }],
      [82, 'kwame', { do: 'approve', comment: 'Says for whom it is pending. Good.' }],
    ],
    ends: 'approved',
  },
  {
    name: 'cihan-mutfakta',
    channel: 'bluesky',
    handle: 'cihan-mutfakta.example',
    language: 'tr',
    posted: { minutesAgo: 23 },
    post: 'Uygulamanız güncellemeden beri açılmıyor, fırının zamanlayıcısını kapatamıyorum. Yarın misafirim var @acme.example 🙈 Ne yapmalıyım?',
    steps: [[9, 'leila', { do: 'capture' }]],
    ends: 'triage',
  },
];
