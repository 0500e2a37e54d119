/**
 * How far the opening of a workspace has come where it has to read the journal record by record. Told a few times a second
 * at most; other work has a turn between.
 */
export interface OpeningProgress {
  /** `reading`: records are read and judged. `replaying`: the desk is derived from them. */
  readonly stage: 'reading' | 'replaying';
  /** Records that are done, and all of them. */
  readonly done: number;
  readonly total: number;
}

export type OnOpeningProgress = (progress: OpeningProgress) => void;
