import { approvedAsWritten, type TemplateStory } from './template-story.ts';

const lateDelivery = {
  name: 'Lieferverzug mit neuem Termin',
  language: 'de',
  slots: {
    anlass: ['text', 'Was nicht hätte passieren dürfen', 'zweimal umsonst gewartet haben'],
    lieferung: ['text', 'Was geliefert wird, mit „Ihr“ oder „Ihre“', 'Ihre Maschine'],
    tag: ['date', 'Der neue Tag, wie ihn die Spedition bestätigt hat', 'Donnerstag, 26. November'],
  },
} as const;

const windowAndCall = {
  fenster: ['time', 'Das Zeitfenster der Spedition', '9–12 Uhr'],
  wann: ['time', 'Bis wann wir anrufen', 'morgen Mittag'],
} as const;

const sparePart = {
  name: 'Ersatzteil wieder lieferbar',
  language: 'de',
  slots: {
    teil: ['text', 'Das Ersatzteil, mit Artikel', 'der Messersatz'],
    geraet: ['text', 'Wofür, mit Artikel', 'den Häcksler GH-11'],
    nummer: ['reference', 'Bestellnummer des Teils', 'GH11-M2'],
  },
} as const;

export const GERMAN_TEMPLATES = {
  'late-delivery-de': [
    approvedAsWritten(
      { workday: -8, at: '13:20' },
      { by: 'ingrid', comms: 'yuki', legal: 'tomasz' },
      {
        ...lateDelivery,
        body: 'Guten Tag, dass Sie {{anlass}}, hätte nicht passieren dürfen. Wir bitten um Entschuldigung. {{lieferung}} kommt am {{tag}}. acme.example/hilfe',
      },
    ),
    approvedAsWritten(
      { workday: -6, at: '11:05' },
      { by: 'ingrid', comms: 'kwame', legal: 'tomasz' },
      {
        ...lateDelivery,
        body: 'Guten Tag, dass Sie {{anlass}}, hätte nicht passieren dürfen. Wir bitten um Entschuldigung. {{lieferung}} kommt am {{tag}}, {{fenster}}. Klappt das nicht, erhalten Sie auf jeden Fall den Kaufpreis zurück. Wir rufen Sie bis {{wann}} an. acme.example/hilfe',
        slots: { ...lateDelivery.slots, ...windowAndCall },
      },
    ),
    approvedAsWritten(
      { workday: -4, at: '10:35' },
      { by: 'yuki', comms: 'kwame', legal: 'rachel' },
      {
        ...lateDelivery,
        body: 'Guten Tag, dass Sie {{anlass}}, hätte nicht passieren dürfen. Wir bitten um Entschuldigung. {{lieferung}} kommt am {{tag}}, {{fenster}}. Klappt das nicht, erhalten Sie auf Wunsch den Kaufpreis zurück. Wir rufen Sie bis {{wann}} an. acme.example/hilfe',
        slots: { ...lateDelivery.slots, ...windowAndCall },
        validDays: 160,
      },
    ),
  ],
  'stop-using-de': [
    approvedAsWritten(
      { workday: -7, at: '13:45' },
      { by: 'ingrid', comms: 'kwame', legal: 'tomasz' },
      {
        name: 'Sicherheit: Gerät nicht weiter benutzen',
        language: 'de',
        body: 'Bitte ziehen Sie den Stecker und benutzen Sie {{geraet}} nicht weiter. Steht {{modell}} auf dem Typenschild, gehört das Gerät zum Rückruf vom {{datum}}, gleich welche Farbe der Stecker hat. Wir holen es kostenlos ab; Sie wählen zwischen Ersatz und Erstattung. Unser Telefon ist Tag und Nacht besetzt: {{telefon}}, acme.example/rueckruf',
        slots: {
          geraet: ['text', 'Das Gerät, mit Artikel', 'den Heizlüfter'],
          modell: ['reference', 'Das Modell auf dem Typenschild', 'AH-20'],
          datum: ['date', 'Tag des Rückrufs', '3. November'],
          telefon: ['text', 'Die Nummer, die Tag und Nacht besetzt ist', '0800 000 000'],
        },
        validDays: 72,
      },
    ),
  ],
  'spare-part-de': [
    approvedAsWritten(
      { workday: -7, at: '15:00' },
      { by: 'kwame', comms: 'yuki', legal: 'rachel' },
      {
        ...sparePart,
        body: 'Guten Tag, {{teil}} für {{geraet}} ist wieder lieferbar. Sie bestellen unter acme.example/ersatzteile mit der Nummer {{nummer}}.',
      },
    ),
    approvedAsWritten(
      { workday: -3, at: '13:30' },
      { by: 'kwame', comms: 'ingrid', legal: 'tomasz' },
      {
        ...sparePart,
        body: 'Guten Tag, {{teil}} für {{geraet}} ist wieder lieferbar. Sie bestellen unter acme.example/ersatzteile mit der Nummer {{nummer}}; das Paket ist in {{dauer}} bei Ihnen. Eine Anleitung zum Einbau mit Bildern liegt bei.',
        slots: { ...sparePart.slots, dauer: ['text', 'Wie lange der Versand dauert', 'zwei bis drei Werktagen'] },
      },
    ),
  ],
} as const satisfies Readonly<Record<string, TemplateStory>>;
