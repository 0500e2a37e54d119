import type { Change } from '#workflows/contract/desk.contract.ts';
import type { Subject } from '#workflows/identifiers.ts';
import type { JournalRecord } from '#workflows/journal/record.ts';

export type Topic = Change['topics'][number];
export type ChangeListener = (change: Change) => void;

/** Tells who listens which subjects and topics changed: ids and versions, never content. */
export class DeskChanges {
  readonly #listeners = new Set<ChangeListener>();
  readonly #closeListeners = new Set<() => void>();
  #size = 0;

  /** Returns how to stop. `onClose` is called when the workspace closes. */
  subscribe(listener: ChangeListener, onClose: () => void): () => void {
    this.#listeners.add(listener);
    this.#closeListeners.add(onClose);
    return () => {
      this.#listeners.delete(listener);
      this.#closeListeners.delete(onClose);
    };
  }

  record(size: number, records: readonly JournalRecord[]): void {
    this.#size = size;
    const versions = new Map<Subject, number>();
    for (const { subject, version } of records) versions.set(subject, version + 1);
    const subjects = [...versions].map(([subject, version]) => ({ subject, version }));
    this.#tell({ size, subjects, topics: [] });
  }

  tell(topic: Topic): void {
    this.#tell({ size: this.#size, subjects: [], topics: [topic] });
  }

  /** Passes on what another source told. */
  forward(change: Change): void {
    this.#size = change.size;
    this.#tell(change);
  }

  close(): void {
    for (const onClose of [...this.#closeListeners]) onClose();
    this.#listeners.clear();
    this.#closeListeners.clear();
  }

  #tell(change: Change): void {
    for (const listener of [...this.#listeners]) listener(change);
  }
}
