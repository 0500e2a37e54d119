import { approvedAsWritten, type TemplateStory } from './template-story.ts';

const damaged = {
  name: 'وصول منتج تالف',
  language: 'ar',
  slots: {
    product: ['text', 'المنتج مع أداة التعريف', 'الغلاية'],
    day: ['date', 'يوم الإرسال', 'اليوم'],
    time: ['time', 'الوقت الذي يصل قبله رقم التتبع', 'السادسة مساءً'],
  },
} as const;

export const ARABIC_TEMPLATES = {
  'damaged-ar': [
    approvedAsWritten(
      { workday: -6, at: '09:15' },
      { by: 'kwame', comms: 'ingrid', legal: 'rachel' },
      {
        ...damaged,
        body: 'نعتذر عن وصول {{product}} بحالة غير سليمة وعن تأخر ردّنا. أرسلنا {{day}} قطعة بديلة على نفقتنا، ولا حاجة إلى إعادة القطعة القديمة. يصلكم رقم التتبع في رسالة خاصة قبل {{time}}. فريق العناية في Acme',
      },
    ),
    {
      from: { minutesAgo: 1_210 },
      steps: [
        [
          0,
          'kwame',
          {
            do: 'revise',
            wording: {
              ...damaged,
              body: 'نعتذر عن وصول {{product}} بحالة غير سليمة وعن تأخر ردّنا. أرسلنا {{day}} قطعة بديلة على نفقتنا، ولا حاجة إلى إعادة القطعة القديمة. يصلكم رقم التتبع في رسالة خاصة قبل {{time}}، ويمكنكم متابعة الشحنة على acme.example/track. فريق العناية في Acme',
            },
          },
        ],
        [7, 'kwame', { do: 'submit' }],
        [{ minutesAgo: 73 }, 'yuki', { do: 'approve' }],
      ],
    },
  ],
} as const satisfies Readonly<Record<string, TemplateStory>>;
