import type { SceneMaker } from '../scene.ts';

/** What did not arrive, or not whole. */
export const deliveryScenes: SceneMaker = (calendar) => [
  {
    name: 'first-floor',
    channel: 'bluesky',
    handle: 'first-floor.example',
    language: 'en',
    posted: { minutesAgo: 12 },
    post: 'Third time the courier “could not find” us. @acme.example, the house has stood here since 1911 and it even has a bell 🔔 What happens to my dishwasher now? #delivery',
    steps: [[5, 'priya', { do: 'capture' }]],
    ends: 'triage',
  },
  {
    name: 'waschtag',
    channel: 'bluesky',
    handle: 'waschtag.example',
    language: 'de',
    posted: { minutesAgo: 78 },
    post: 'Seit neun Tagen steht meine Waschmaschine laut @acme.example „im Zustellzentrum“. Zweimal freigenommen, zweimal kam niemand, kein Anruf. Sagt mir bitte endlich jemand, wann sie kommt? Oder bekomme ich mein Geld zurück?',
    steps: [
      [4, 'jonas', { do: 'capture' }],
      [6, 'jonas', { do: 'claim' }],
      [
        15,
        'jonas',
        {
          do: 'revise',
          text: {
            template: 'late-delivery-de',
            slots: {
              anlass: 'zweimal umsonst gewartet haben',
              lieferung: 'Ihre Maschine',
              tag: calendar.date('de-DE', 3),
              fenster: '9–12 Uhr',
              wann: 'morgen Mittag',
            },
            changes: [['. Klappt das nicht, erhalten Sie auf Wunsch den Kaufpreis zurück. ', '. ']],
          },
        },
      ],
      [17, 'jonas', { do: 'submit', note: 'The carrier confirmed the new day by phone, case 3318.' }],
      [
        31,
        'tomasz',
        {
          do: 'requestChanges',
          reason:
            'She asks whether she gets her money back. Answer that in one plain sentence; leaving it out reads like a no.',
        },
      ],
      [
        44,
        'jonas',
        {
          do: 'revise',
          text: {
            template: 'late-delivery-de',
            slots: {
              anlass: 'zweimal umsonst gewartet haben',
              lieferung: 'Ihre Maschine',
              tag: calendar.date('de-DE', 3),
              fenster: '9–12 Uhr',
              wann: 'morgen Mittag',
            },
            changes: [['auf Wunsch', 'auf jeden Fall']],
          },
        },
      ],
      [
        69,
        'jonas',
        {
          do: 'draft',
          text: {
            template: 'late-delivery-de',
            slots: {
              anlass: 'zweimal umsonst gewartet haben',
              lieferung: 'Ihre Maschine',
              tag: calendar.date('de-DE', 3),
              fenster: '9–12 Uhr',
              wann: 'morgen Mittag',
            },
            changes: [
              ['Klappt das nicht', 'Klappt auch das nicht'],
              ['auf Wunsch', 'auf jeden Fall'],
            ],
          },
          note: 'The carrier confirmed the new day by phone, case 3318.',
        },
      ],
    ],
    ends: 'drafting',
  },
  {
    name: 'late-shift',
    channel: 'bluesky',
    handle: 'late-shift.example',
    language: 'en',
    posted: { minutesAgo: 128 },
    post: 'Chat says 2 minutes. It has been 40. @acme.example I only want to know when my freezer comes, the old one is dripping into a saucepan 🫠',
    steps: [
      [14, 'priya', { do: 'capture' }],
      [17, 'priya', { do: 'claim' }],
      [
        71,
        'priya',
        {
          do: 'revise',
          text: {
            template: 'late-delivery-en',
            slots: {
              name: 'Mika',
              article: 'freezer',
              date: calendar.date('en-GB', 2),
              window: 'between 8 and 11',
              until: 'noon tomorrow',
            },
          },
        },
      ],
      [74, 'priya', { do: 'submit', note: 'Dispatch moved it up by two days.' }],
    ],
    ends: 'inReview.comms.deciding',
  },
  {
    name: 'bayit-katan',
    channel: 'bluesky',
    handle: 'bayit-katan.example',
    language: 'he',
    posted: { minutesAgo: 141 },
    post: 'הזמנתי מקרר לפני שלושה שבועות, שילמתי, ומאז שקט. @acme.example, מתי הוא מגיע? אני שומר את החלב אצל השכנים 🥛',
    steps: [
      [22, 'leila', { do: 'capture' }],
      [24, 'leila', { do: 'claim' }],
      [
        69,
        'leila',
        {
          do: 'revise',
          text: 'שלום, אנחנו מתנצלים על ההמתנה ועל השתיקה. המקרר שלך יוצא מחר מהמחסן ויגיע אליך בתוך יומיים. אם המועד לא מתאים, אפשר לבטל ולקבל החזר מלא. נתקשר אליך עד מחר בצהריים. צוות השירות של Acme',
        },
      ],
      [
        72,
        'leila',
        { do: 'submit', note: 'Warehouse confirmed the departure. Refund sentence as in the German template.' },
      ],
      [101, 'yuki', { do: 'approve', comment: 'It names the silence too, not only the wait. Good.' }],
    ],
    ends: 'inReview.legal.deciding',
  },
  {
    name: 'bayt-saghir',
    channel: 'bluesky',
    handle: 'bayt-saghir.example',
    language: 'ar',
    posted: { minutesAgo: 151 },
    post: 'طلبت غلاية كهربائية من @acme.example ووصلت مكسورة، وأرسلت الصور قبل أسبوع ولم يردّ عليّ أحد. هل هذه هي خدمة العملاء عندكم؟',
    steps: [
      [6, 'leila', { do: 'capture' }],
      [8, 'leila', { do: 'claim' }],
      [
        25,
        'leila',
        {
          do: 'revise',
          text: {
            template: 'damaged-ar',
            slots: { product: 'الغلاية', day: 'اليوم', time: 'ظهر الغد' },
            changes: [['ولا حاجة إلى إعادة القطعة القديمة', 'ونرجو إعادة القطعة القديمة']],
          },
        },
      ],
      [27, 'leila', { do: 'submit' }],
      [
        61,
        'rachel',
        {
          do: 'requestChanges',
          reason: 'Do not ask for the broken piece back, our terms do not. The template has it right.',
        },
      ],
      [
        70,
        'leila',
        {
          do: 'revise',
          text: { template: 'damaged-ar', slots: { product: 'الغلاية', day: 'اليوم', time: 'ظهر الغد' } },
        },
      ],
      [72, 'leila', { do: 'submit', note: 'Back to the template, word for word.' }],
      [84, 'ingrid', { do: 'approve', comment: 'Apology first. Good.' }],
      [99, 'rachel', { do: 'approve', comment: 'Replacement only, as the terms say.' }],
      [113, 'leila', { do: 'release' }],
    ],
    ends: 'published.verified',
  },
  {
    name: 'paper-boat',
    channel: 'bluesky',
    handle: 'paper-boat.example',
    language: 'en',
    posted: { minutesAgo: 98 },
    post: 'Ordered a hand blender, got two left shoes. @acme.example I am not even angry, I would just like to know whose shoes these are 👞👞',
    steps: [
      [7, 'mateo', { do: 'capture' }],
      [8, 'mateo', { do: 'claim' }],
      [
        24,
        'mateo',
        {
          do: 'revise',
          text: 'Two left shoes are one parcel too many. Your hand blender leaves our warehouse today, and a courier takes the shoes home tomorrow; you need not pay or pack anything. The tracking number comes by private message within the hour.',
        },
      ],
      [26, 'mateo', { do: 'submit' }],
      [47, 'ingrid', { do: 'approve', comment: 'It may smile, since the customer does.' }],
      [63, 'rachel', { do: 'approve' }],
      [68, 'customer', { do: 'deletePost' }],
      [71, 'mateo', { do: 'release' }],
    ],
    ends: 'approved',
  },
];
