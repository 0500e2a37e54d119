import type { TemplateId } from '#workflows/identifiers.ts';
import { MINUTE, unevenness, type Calendar } from './calendar.ts';
import { CAST, type CastName } from './cast.ts';
import { POLICY_STORY } from './policy.ts';
import { SAMPLE_PASSPHRASE } from './sample-passphrase.ts';
import type { Stage, TimedAct } from './stage.ts';
import { TEMPLATES, type TemplateName } from './templates/index.ts';
import { contentOf, type TemplateAct } from './templates/template-story.ts';

/** The review that a person decides. @throws Error for somebody who decides none */
export const reviewOf = (name: CastName): 'comms' | 'legal' => {
  const { role } = CAST[name];
  if (role !== 'comms' && role !== 'legal') throw new Error(`${CAST[name].name} decides no review`);
  return role;
};

const performTemplateAct = async (
  stage: Stage,
  { template: name, who, act }: { template: TemplateName; who: CastName; act: TemplateAct },
): Promise<void> => {
  const { template: desk } = (await stage.person(who)).desk;
  if (act.do === 'revise') {
    const content = contentOf(act.wording, stage.calendar);
    const template = stage.templates.get(name) ?? null;
    const { subject } = await desk.revise({ commandId: stage.command(), template, content });
    stage.templates.set(name, subject as TemplateId);
    return;
  }
  const template = stage.template(name);
  const newest = (await desk.get({ template })).versions.at(-1);
  if (!newest) throw new Error(`the template ${name} has no version`);
  const { version, contentHash } = newest;
  const target = { commandId: stage.command(), template, version };
  const signed = { ...target, contentHash, passphrase: SAMPLE_PASSPHRASE };
  switch (act.do) {
    case 'submit':
      await desk.submit({ ...target, contentHash });
      return;
    case 'approve':
      await desk.approve({ ...signed, review: reviewOf(who) });
      return;
    case 'requestChanges':
      await desk.requestChanges({ ...signed, review: reviewOf(who), reason: act.reason });
      return;
    case 'reject':
      await desk.reject({ ...signed, review: reviewOf(who), reason: act.reason });
      return;
    case 'retire':
      await desk.retire({ ...target, reason: act.reason, passphrase: SAMPLE_PASSPHRASE });
  }
};

/** Everything that happens to the templates. */
export const templateActs = (calendar: Calendar): TimedAct[] =>
  (Object.keys(TEMPLATES) as TemplateName[]).flatMap((template) =>
    TEMPLATES[template].flatMap(({ from, steps }, version) =>
      steps.map(([when, who, act], index): TimedAct => {
        const what = `template ${template}, version ${String(version + 1)}, step ${String(index + 1)} (${act.do})`;
        const minute = typeof when === 'number' ? calendar.at(from) + when * MINUTE : calendar.at(when);
        return {
          at: minute + unevenness(what),
          what,
          perform: (stage) => performTemplateAct(stage, { template, who, act }),
        };
      }),
    ),
  );

/** Everything that happens to the policy. */
export const policyActs = (calendar: Calendar): TimedAct[] =>
  POLICY_STORY.map(([when, who, act], index): TimedAct => {
    const what = `policy, step ${String(index + 1)} (${act.do})`;
    return {
      at: calendar.at(when) + unevenness(what),
      what,
      perform: async (stage) => {
        const { policy: desk } = (await stage.person(who)).desk;
        if (act.do === 'revise') {
          await desk.revise({ commandId: stage.command(), content: act.content(stage.channel('blog')) });
          return;
        }
        const newest = (await desk.get()).versions.at(-1);
        if (!newest) throw new Error('there is no policy to submit or decide');
        const { version, contentHash } = newest;
        const target = { commandId: stage.command(), version, contentHash };
        if (act.do === 'submit') {
          await desk.submit(target);
          return;
        }
        const signed = { ...target, review: reviewOf(who), passphrase: SAMPLE_PASSPHRASE };
        if (act.do === 'requestChanges') await desk.requestChanges({ ...signed, reason: act.reason });
        else await desk.approve(signed);
      },
    };
  });
