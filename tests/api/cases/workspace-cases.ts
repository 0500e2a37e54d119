import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ulid } from 'ulid';
import { PASSPHRASE } from '../../core/roster.ts';
import type { Place, ProcedureCase } from '../procedure-case.ts';

const freshFolder = ({ desk }: Place): string => `${desk.folder}-${ulid()}`;

/** The desk's own workspace is open again, and everybody is signed in. */
const reopen = ({ desk }: Place): Promise<void> => desk.open();

/** A copy of the workspace as it comes to a machine that never saw it. */
const copyFromElsewhere = (place: Place): string => {
  const folder = freshFolder(place);
  const isLock = (path: string): boolean => basename(path) === 'lock';
  cpSync(place.desk.folder, folder, { recursive: true, filter: (path) => !isLock(path) });
  const path = join(folder, 'keys', 'root.json');
  const root = JSON.parse(readFileSync(path, 'utf8')) as { machines: unknown[] };
  writeFileSync(path, JSON.stringify({ ...root, machines: [] }));
  return folder;
};

export const WORKSPACE_CASES = {
  'workspace.status': { by: null, access: 'anybody' },
  'workspace.create': {
    by: 'ada',
    access: 'everybody',
    input: (place) => ({
      folder: freshFolder(place),
      name: 'Second desk',
      adminName: 'Eve',
      passphrase: 'a long passphrase',
    }),
    after: reopen,
  },
  'workspace.open': {
    by: 'ada',
    access: 'everybody',
    input: (place) => {
      const folder = freshFolder(place);
      cpSync(place.desk.folder, folder, { recursive: true, filter: (path) => basename(path) !== 'lock' });
      return { folder };
    },
    after: reopen,
  },
  'workspace.openSample': { by: 'ada', access: 'everybody', input: () => ({ fresh: false }), after: reopen },
  'workspace.stopOpening': { by: null, access: 'anybody' },
  'workspace.unlock': {
    by: null,
    access: 'anybody',
    input: async (place) => {
      await place.desk.host.open(copyFromElsewhere(place));
      return { passphrase: PASSPHRASE };
    },
    after: reopen,
  },
  'workspace.close': { by: 'ada', access: 'everybody', after: reopen },
  'workspace.chooseFolder': { by: null, access: 'anybody' },
  'workspace.newLaunchAddress': { by: null, access: 'anybody' },
} satisfies Record<string, ProcedureCase>;
