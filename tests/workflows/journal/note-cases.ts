import { readSharedJson, sharedIsAbsent } from '../../journal/shared-data.ts';

interface NoteCaseOf<Kind extends string> {
  readonly id: string;
  readonly kind: Kind;
}

interface OpenCase extends NoteCaseOf<'open'> {
  readonly noteB64: string;
  readonly vkeys: readonly string[];
  readonly ok: boolean;
  readonly error?: string;
  /** `name+hash` of the keys whose signatures hold, and of those that are not known. */
  readonly verified?: readonly string[];
  readonly unverified?: readonly string[];
}

interface KeyCase extends NoteCaseOf<'vkey'> {
  readonly vkey: string;
  readonly ok: boolean;
}

interface SignCase extends NoteCaseOf<'sign'> {
  readonly skey: string;
  readonly textB64: string;
  readonly wantB64: string;
}

interface CheckpointCase extends NoteCaseOf<'checkpoint-body'> {
  readonly textB64: string;
  readonly ok: boolean;
  readonly desc?: string;
}

interface ProofCase extends NoteCaseOf<'tlog-proof'> {
  readonly proofB64: string;
  readonly ok: boolean;
}

interface WitnessCase extends NoteCaseOf<'witness-add-checkpoint'> {
  readonly vkeys: readonly string[];
  readonly oldSize: string;
  readonly proof: readonly string[];
  readonly noteB64: string;
  readonly httpStatus: number;
}

type NoteCase = OpenCase | KeyCase | SignCase | CheckpointCase | ProofCase | WitnessCase;

/** The shared signed-note cases of one kind; none where the data is absent. */
export const noteCases = <Kind extends NoteCase['kind']>(kind: Kind): Extract<NoteCase, { kind: Kind }>[] =>
  sharedIsAbsent
    ? []
    : (readSharedJson('vectors', 'note', 'cases.json') as NoteCase[]).filter(
        (one): one is Extract<NoteCase, { kind: Kind }> => one.kind === kind,
      );
