import type { TemplateContent } from '#workflows/template/template.ts';
import { useWords } from '../words/use-words.ts';
import { slotsIn } from './wording.ts';

/** What an agent is asked for: each slot with its question, kind and example. */
export const SlotTable = ({ content }: { content: TemplateContent }) => {
  const say = useWords();
  const used = slotsIn(content.body);
  return (
    <section className="slot-section" aria-label={say('templates.slots.title')}>
      <h2>{say('templates.slots.title')}</h2>
      {content.slots.length === 0 ? (
        <p className="soft">{say('templates.slots.none')}</p>
      ) : (
        <>
          <p className="soft">{say('templates.slots.rule')}</p>
          <table className="table slot-table">
            <thead>
              <tr>
                <th scope="col">{say('templates.slot.name')}</th>
                <th scope="col">{say('templates.slot.prompt')}</th>
                <th scope="col">{say('templates.slot.type')}</th>
                <th scope="col">{say('templates.slot.example')}</th>
                <th scope="col">{say('templates.slot.required')}</th>
              </tr>
            </thead>
            <tbody>
              {content.slots.map(({ name, type, prompt, example }) => (
                <tr key={name}>
                  <th scope="row">
                    <span className="slot">{name}</span>
                  </th>
                  <td>
                    <bdi lang={content.language}>{prompt}</bdi>
                  </td>
                  <td>{say(`templates.type.${type}`)}</td>
                  <td>
                    {example === '' ? (
                      <span className="label">{say('templates.slot.noExample')}</span>
                    ) : (
                      <bdi lang={content.language}>{example}</bdi>
                    )}
                  </td>
                  <td>
                    {used.has(name) ? (
                      say('templates.slot.yes')
                    ) : (
                      <span className="label">{say('templates.slot.unused')}</span>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  );
};
