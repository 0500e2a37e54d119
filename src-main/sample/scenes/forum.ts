import type { SceneMaker } from '../scene.ts';
import { ALLOTMENT_ANSWER, ALLOTMENT_FIRST_ANSWER, ALLOTMENT_POST } from './allotment.ts';

/** The forum, where posts are long and a day is the promise. */
export const forumScenes: SceneMaker = (calendar) => [
  {
    name: 'kein-strom',
    channel: 'forum',
    handle: 'kein-strom.example',
    language: 'de',
    posted: { minutesAgo: 1_446 },
    post: 'Garantie abgelehnt, obwohl das Gerät erst 14 Monate alt ist. Mein Entsafter AS-3 bekommt keinen Strom mehr. Die Sicherung ist in Ordnung, andere Geräte laufen an derselben Dose. Die Hotline sagt „Verschleißteil“. Seit wann ist ein Netzteil ein Verschleißteil? Die Rechnung liegt vor. Wie geht es jetzt weiter?',
    steps: [
      [210, 'jonas', { do: 'capture' }],
      [1_365, 'jonas', { do: 'claim' }],
      [
        1_437,
        'jonas',
        {
          do: 'draft',
          text: 'Guten Tag, ein Netzteil ist kein Verschleißteil, da haben Sie recht. Bitte laden Sie die Rechnung unter acme.example/garantie hoch; wir prüfen Ihren Fall neu und melden uns bis',
          note: 'Waiting for the workshop: who told the customer “wearing part”?',
        },
      ],
    ],
    ends: 'drafting',
  },
  {
    name: 'hof-am-see',
    channel: 'forum',
    handle: 'hof-am-see.example',
    language: 'de',
    posted: { minutesAgo: 1_080 },
    post: 'Moin, gibt es für den alten Häcksler GH-11 noch Messer? Im Shop finde ich nur die für den neuen. Das Gerät läuft sonst wie am ersten Tag. Danke! 🙂',
    steps: [
      [95, 'jonas', { do: 'capture' }],
      [97, 'jonas', { do: 'claim' }],
      [
        880,
        'jonas',
        {
          do: 'revise',
          text: {
            template: 'spare-part-de',
            slots: {
              teil: 'der Messersatz',
              geraet: 'den Häcksler GH-11',
              nummer: 'GH11-M2',
              dauer: 'zwei bis drei Werktagen',
            },
            changes: [['Guten Tag, ', 'Moin, ']],
          },
        },
      ],
      [883, 'jonas', { do: 'submit' }],
    ],
    ends: 'inReview.comms.deciding',
  },
  {
    name: 'laubenkolonie-7',
    channel: 'forum',
    handle: 'laubenkolonie-7.example',
    language: 'de',
    posted: { minutesAgo: 1_260 },
    thread: [
      {
        minutesBefore: 2_900,
        handle: 'kompost-und-co.example',
        text: 'Welcher Häcksler taugt für eine ganze Kolonie? Bei uns fallen im Herbst rund 30 Kubikmeter Schnittgut an.',
      },
      {
        minutesBefore: 2_510,
        handle: 'gartenzwerg-9.example',
        text: 'Wir haben den GH-30 von Acme, seit zwei Jahren, läuft. Man muss aber die Messer wenden, sonst reißt er nur.',
      },
      {
        minutesBefore: 1_370,
        handle: 'kompost-und-co.example',
        text: 'Danke! @laubenkolonie-7.example, ihr hattet den doch auch. Wie sind eure Erfahrungen?',
      },
    ],
    post: ALLOTMENT_POST,
    steps: [
      [66, 'jonas', { do: 'capture' }],
      [69, 'jonas', { do: 'claim' }],
      [176, 'jonas', { do: 'revise', text: ALLOTMENT_FIRST_ANSWER }],
      [181, 'jonas', { do: 'submit', note: 'Long post, six questions. I have answered them in his order.' }],
      [
        955,
        'kwame',
        {
          do: 'requestChanges',
          reason:
            'Six answers, and no word on the eleven weekends they lost. One honest sentence first, then the six. And “wie bereits erwähnt” sounds as if he had not listened.',
        },
      ],
      [1_031, 'jonas', { do: 'revise', text: ALLOTMENT_ANSWER }],
      [1_034, 'jonas', { do: 'submit', note: 'The workshop has agreed to the visit.' }],
    ],
    ends: 'inReview.comms.deciding',
  },
  {
    name: 'kuchnia-na-poddaszu',
    channel: 'forum',
    handle: 'kuchnia-na-poddaszu.example',
    language: 'pl',
    posted: { minutesAgo: 1_290 },
    post: 'Dzień dobry, zwróciłam robot kuchenny KR-8 trzy tygodnie temu i do dziś nie mam pieniędzy na koncie. Na infolinii za każdym razem słyszę, że „sprawa jest w toku”. Ile to jeszcze potrwa?',
    steps: [
      [88, 'jonas', { do: 'capture' }],
      [1_195, 'jonas', { do: 'claim' }],
      [
        1_244,
        'jonas',
        {
          do: 'revise',
          text: 'Dzień dobry, przepraszamy, że tak długo Pani czeka. Zwrot pieniędzy zleciliśmy dzisiaj. Prosimy o podanie numeru konta tutaj w odpowiedzi, a przelew dotrze w ciągu dwóch dni roboczych.',
        },
      ],
    ],
    ends: 'drafting',
    isBlocked: true,
  },
  {
    name: 'mesa-larga',
    channel: 'forum',
    handle: 'mesa-larga.example',
    language: 'es',
    posted: { minutesAgo: 1_150 },
    post: 'El lavavajillas perdió agua y me ha levantado el parqué nuevo. El técnico de Acme reconoció que el tubo venía mal montado. ¿Quién paga el suelo? Tengo fotos, presupuesto y el parte del técnico.',
    steps: [
      [47, 'mateo', { do: 'capture' }],
      [50, 'mateo', { do: 'claim' }],
      [
        112,
        'mateo',
        {
          do: 'revise',
          text: 'Hola: sentimos mucho lo que ha pasado con su suelo. Por supuesto nos hacemos cargo de la reparación; envíenos el presupuesto y le ingresamos el importe esta semana.',
        },
      ],
      [115, 'mateo', { do: 'submit', note: 'The technician’s report is in the case.' }],
      [
        842,
        'tomasz',
        {
          do: 'requestChanges',
          reason:
            'We cannot accept a claim in a forum before the insurer has seen the floor. Say what happens next and when, that an expert comes, and that the answer on the damages follows in writing.',
        },
      ],
      [
        910,
        'mateo',
        {
          do: 'revise',
          text: `Hola: sentimos mucho lo que ha pasado con su suelo. Hemos pedido hoy el parte al técnico, y un perito de nuestra aseguradora le llamará antes del ${calendar.dayAndMonth('es-ES', 3)} para ver los daños en su casa. Guarde, por favor, las fotos y el presupuesto.\nSobre la indemnización le contestaremos por escrito y en privado. Si mientras tanto necesita un aparato de préstamo, lo tiene reservado: acme.example/prestamo`,
        },
      ],
      [913, 'mateo', { do: 'submit', note: 'The insurer has confirmed the visit; the loan machine is in stock.' }],
      [1_036, 'ingrid', { do: 'approve', comment: 'Calm, concrete, and it promises only what is arranged.' }],
    ],
    ends: 'inReview.legal.deciding',
  },
  {
    name: 'school-garden',
    channel: 'forum',
    handle: 'school-garden.example',
    language: 'en',
    posted: { minutesAgo: 1_300 },
    post: 'We would like three shredders for the school garden. Is there a price for schools, and can the invoice go to the town?',
    steps: [
      [102, 'leila', { do: 'capture' }],
      [104, 'leila', { do: 'claim' }],
      [
        171,
        'leila',
        {
          do: 'revise',
          text: 'Yes to both. Schools and nurseries pay 12 % less for garden tools, and the invoice can go to the town if the order form names its cost centre. The form, and somebody to call: acme.example/schools\nTell us in which month you need the three, and we put them aside.',
        },
      ],
      [174, 'leila', { do: 'submit' }],
      [1_003, 'yuki', { do: 'approve' }],
      [1_029, 'tomasz', { do: 'approve', comment: 'The discount is on the public price list.' }],
      [1_058, 'nour', { do: 'schedule', minutesAhead: 142 }],
    ],
    ends: 'scheduled',
  },
  {
    name: 'reif-fuer-regen',
    channel: 'forum',
    handle: 'reif-fuer-regen.example',
    language: 'de',
    posted: { minutesAgo: 1_210 },
    post: 'Die Abdeckhaube für den Gartengrill ist nach zwei Wäschen nicht mehr dicht. Auf dem Etikett steht „waschbar bei 30 Grad“. Was mache ich falsch? ☔',
    steps: [
      [41, 'jonas', { do: 'capture' }],
      [43, 'jonas', { do: 'claim' }],
      [
        98,
        'jonas',
        {
          do: 'revise',
          text: 'Guten Tag, Sie machen nichts falsch, solange kein Weichspüler im Spiel ist: Der löst die Beschichtung. Mit einem Imprägnierspray wird die Haube wieder dicht; wie es geht, zeigt acme.example/pflege. Hilft das nicht, schreiben Sie uns bitte privat, dann sehen wir uns die Haube an.',
        },
      ],
      [101, 'jonas', { do: 'submit' }],
      [934, 'yuki', { do: 'approve' }],
      [987, 'rachel', { do: 'approve', comment: 'We look at it, we promise nothing. Good.' }],
      [1_004, 'network', { do: 'moderate', edit: ['acme.example/pflege', '[Link entfernt]'] }],
      [1_025, 'nour', { do: 'release' }],
    ],
    ends: 'published.drifted',
  },
];
