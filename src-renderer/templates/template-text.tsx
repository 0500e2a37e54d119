import type { TemplateContent } from '#workflows/template/template.ts';

/** The wording as it is read, its slots as chips that show their names or their examples. */
export const TemplateText = ({ content, showsExamples }: { content: TemplateContent; showsExamples: boolean }) => {
  const slots = new Map(content.slots.map((slot) => [slot.name, slot]));
  return (
    <p className="read" dir="auto" lang={content.language} data-testid="wording">
      {content.body.map((line, lineNumber) => (
        <span key={lineNumber}>
          {lineNumber === 0 ? null : '\n'}
          {line.map((inline, index) => {
            if (inline.type === 'text') return <span key={index}>{inline.text}</span>;
            const slot = slots.get(inline.slot);
            const example = slot?.example === '' ? undefined : slot?.example;
            return (
              <span key={index} className="slot" title={slot?.prompt}>
                <bdi>{showsExamples ? (example ?? inline.slot) : inline.slot}</bdi>
              </span>
            );
          })}
        </span>
      ))}
    </p>
  );
};
