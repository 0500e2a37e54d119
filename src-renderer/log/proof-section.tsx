import type { RecordView } from '#workflows/contract/journal.contract.ts';
import { Icon } from '../design/icon.tsx';
import { useWords, type Words } from '../words/use-words.ts';
import { shortHash } from './short-hash.ts';

interface Step {
  readonly id: string;
  readonly tone: 'ok' | 'bad' | 'warn' | 'plain';
  readonly title: string;
  readonly text: string;
}

const signedStep = (say: Words, { signature, actor }: RecordView): Step => {
  if (!signature || actor.kind !== 'person') {
    return { id: 'signed', tone: 'plain', title: say('log.proof.byDesk'), text: say('log.proof.byDesk.text') };
  }
  const values = { key: shortHash(signature.keyId), who: actor.name };
  const auth = `log.proof.auth.${signature.auth}`;
  return signature.isValid
    ? {
        id: 'signed',
        tone: 'ok',
        title: say('log.proof.signed', values),
        text: say('log.proof.signed.text', { ...values, auth: say.has(auth) ? say(auth) : signature.auth }),
      }
    : {
        id: 'signed',
        tone: 'bad',
        title: say('log.proof.signed.bad'),
        text: say('log.proof.signed.badText', values),
      };
};

const followsStep = (say: Words, { chain }: RecordView): Step => {
  if (!chain.isValid) {
    return { id: 'chain', tone: 'bad', title: say('log.proof.follows.bad'), text: say('log.proof.follows.badText') };
  }
  return chain.previous === null
    ? { id: 'chain', tone: 'ok', title: say('log.proof.first'), text: say('log.proof.first.text') }
    : {
        id: 'chain',
        tone: 'ok',
        title: say('log.proof.follows', { seq: say.number(chain.previous) }),
        text: say('log.proof.follows.text'),
      };
};

const stepsOf = (say: Words, record: RecordView): Step[] => {
  const { proof, sent } = record;
  const isIn = proof.isValid;
  const isSigned = proof.isCheckpointSigned;
  const steps: Step[] = [
    signedStep(say, record),
    followsStep(say, record),
    {
      id: 'included',
      tone: isIn ? 'ok' : 'bad',
      title: say(isIn ? 'log.proof.included' : 'log.proof.included.bad'),
      text: isIn
        ? say('log.proof.included.text', { steps: proof.path.length, size: proof.size })
        : say('log.proof.included.badText'),
    },
    {
      id: 'checkpoint',
      tone: isSigned ? 'ok' : 'bad',
      title: say(isSigned ? 'log.proof.checkpoint' : 'log.proof.checkpoint.bad'),
      text: say(isSigned ? 'log.proof.checkpoint.text' : 'log.proof.checkpoint.badText'),
    },
  ];
  if (sent) {
    const outcome = sent.outcome ?? 'unread';
    steps.push({
      id: 'sent',
      tone: outcome === 'same' ? 'ok' : outcome === 'unread' ? 'plain' : 'warn',
      title: say(`log.proof.sent.${outcome}`),
      text: say(`log.proof.sent.${outcome}.text`, { seq: sent.readbackSeq ?? sent.seq }),
    });
  }
  return steps;
};

const ICONS = { ok: 'check-circle', bad: 'stop', warn: 'warn', plain: 'ring' } as const;

/** Why a record can be believed, each step calculated anew. */
export const ProofSection = ({ record }: { record: RecordView }) => {
  const say = useWords();
  return (
    <section className="section">
      <h2>{say('log.proof')}</h2>
      <ol className="proof-steps">
        {stepsOf(say, record).map(({ id, tone, title, text }) => (
          <li key={id}>
            <Icon name={ICONS[tone]} className={tone === 'plain' ? '' : tone} />
            <b>{title}</b>
            <span className="soft">{text}</span>
          </li>
        ))}
      </ol>
      <p className="label">{say('log.proof.recalculated')}</p>
    </section>
  );
};
