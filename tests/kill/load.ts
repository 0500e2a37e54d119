import { ulid } from 'ulid';
import { RefusalError } from '#workflows/errors.ts';
import type { PersonId, ReplyId } from '#workflows/identifiers.ts';
import type { Desk } from '#main/core/desk.ts';
import { SeededRandom } from '../journal/seeded-random.ts';
import { text } from '../core/wording.ts';
import { COMMANDS, viewerOf, type CommandName } from './works.ts';

/** Many clients at once, who send one command after another until the process is killed. */
export interface Load {
  readonly people: readonly PersonId[];
  readonly replies: readonly ReplyId[];
  /** Posts that may be captured. */
  readonly addresses: readonly string[];
  readonly seed: number;
}

/** A command as it was sent; enough to send it again. */
export interface SentCommand {
  readonly person: PersonId;
  readonly name: CommandName;
  readonly input: { readonly commandId: string } & Readonly<Record<string, unknown>>;
}

const nextCommand = (desk: Desk, { people, replies, addresses }: Load, random: SeededRandom): SentCommand => {
  const person = random.pick(people);
  const commandId = ulid();
  const reply = random.pick(replies);
  const entry = desk.tables.replies.get(reply);
  switch (random.below(4)) {
    case 0:
      return { person, name: 'capture', input: { commandId, address: random.pick(addresses) } };
    case 1: {
      const words = text(`Words ${String(random.below(1000))}. `.repeat(random.between(1, 12)));
      const basedOn = entry?.state.context.revision ?? 0;
      const input = { commandId, reply, basedOn, operation: 'reply', document: words, template: null, language: 'en' };
      return { person, name: 'revise', input };
    }
    default: {
      const to = random.chance(0.2) ? null : random.pick(people);
      return { person, name: 'handOver', input: { commandId, reply, version: entry?.version ?? 0, to } };
    }
  }
};

/** Says each command before it is sent and after it is answered or refused. Never ends by itself. */
export const workUntilKilled = async (desk: Desk, load: Load, say: (line: string) => void): Promise<void> => {
  const clients = load.people.map(async (person, index) => {
    const random = new SeededRandom(load.seed * 100 + index);
    const viewer = await viewerOf(desk, person);
    for (;;) {
      const sent = nextCommand(desk, { ...load, people: [person] }, random);
      say(`sent ${JSON.stringify(sent)}`);
      try {
        const receipt = await COMMANDS[sent.name](desk, viewer, sent.input as never);
        say(`answered ${JSON.stringify(receipt)}`);
      } catch (error) {
        if (!(error instanceof RefusalError)) throw error;
        say(`refused ${sent.input.commandId} ${error.refusal.code} ${error.refusal.reason}`);
        // A client that is refused looks again before it sends anything else.
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
  });
  await Promise.all(clients);
};
