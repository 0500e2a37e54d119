import type { ReplyId } from '#workflows/identifiers.ts';

/** What a command is decided about: one reply and what belongs to it, or anything on the desk. */
export type TurnScope = ReplyId | 'desk';

interface Waiting {
  readonly scope: TurnScope;
  readonly begin: () => void;
}

/** Whether nothing stands in a command's way that is under way, or waits ahead of it. */
const isFree = (scope: TurnScope, ahead: ReadonlySet<TurnScope>): boolean =>
  scope === 'desk' ? ahead.size === 0 : !ahead.has('desk') && !ahead.has(scope);

/**
 * Gives commands their turns, so that each is authorised, decided and appended on one state that has everything before it:
 * nothing is decided beside records that are handed over and not yet durable, and that it could depend on.
 *
 * Commands on different replies go together and share a flush; every other command has the desk to itself until its
 * records are durable. None overtakes one that it could depend on, so that none waits for ever.
 */
export class CommandTurns {
  readonly #underWay = new Set<TurnScope>();
  #waiting: Waiting[] = [];

  /**
   * Runs `work` when its turn has come, at once where nothing stands in the way. The turn lasts until `work` settles.
   * Precondition: on a reply's turn, `work` writes nothing but that reply, its publications and its holds, and reads of other
   * replies only what never changes.
   */
  take<Value>(scope: TurnScope, work: () => Promise<Value>): Promise<Value> {
    return new Promise((resolve, reject) => {
      const begin = (): void => {
        void work()
          .then(resolve, reject)
          .finally(() => {
            this.#underWay.delete(scope);
            this.#beginNext();
          });
      };
      if (this.#waiting.length === 0 && isFree(scope, this.#underWay)) {
        this.#underWay.add(scope);
        begin();
        return;
      }
      this.#waiting.push({ scope, begin });
      this.#beginNext();
    });
  }

  #beginNext(): void {
    if (this.#waiting.length === 0) return;
    const ahead = new Set(this.#underWay);
    const next: Waiting[] = [];
    const left: Waiting[] = [];
    for (const waiting of this.#waiting) {
      const { scope } = waiting;
      (isFree(scope, ahead) ? next : left).push(waiting);
      ahead.add(scope);
    }
    this.#waiting = left;
    for (const { scope } of next) this.#underWay.add(scope);
    for (const { begin } of next) begin();
  }
}
