import { z } from 'zod';
import { personNameSchema } from '../people/person.records.ts';
import { passphraseSchema, procedure, query } from './base.ts';

export const NEW_PASSPHRASE_LENGTH = 10;

/** A passphrase that is being chosen. */
export const newPassphraseSchema = passphraseSchema.min(NEW_PASSPHRASE_LENGTH);

const readOnlySchema = z.strictObject({
  /** First bad record, `null` where the whole is meant. */
  seq: z.int().nullable(),
  code: z.string(),
  message: z.string(),
});

export const workspaceStatusSchema = z.discriminatedUnion('state', [
  /** No workspace is open: the first screen offers to create or open one. */
  z.strictObject({
    state: z.literal('none'),
    suggestedFolder: z.string(),
    recent: z.array(z.strictObject({ folder: z.string(), name: z.string() })),
    canChooseFolder: z.boolean(),
    /** Why the workspace that was asked for could not be opened. */
    problem: z
      .strictObject({
        folder: z.string(),
        reason: z.string(),
        values: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())])),
      })
      .nullable(),
  }),
  /** Made on another machine: an admin's passphrase unlocks it here. */
  z.strictObject({ state: z.literal('sealed'), folder: z.string(), name: z.string() }),
  /** Its journal has to be read record by record, and is; `progress` says how far that is. */
  z.strictObject({
    state: z.literal('opening'),
    folder: z.string(),
    name: z.string(),
    progress: z.strictObject({
      stage: z.enum(['reading', 'replaying']),
      /** Records that are done, and all of them. */
      done: z.int().min(0),
      total: z.int().min(0),
    }),
  }),
  z.strictObject({
    state: z.literal('open'),
    folder: z.string(),
    name: z.string(),
    isSample: z.boolean(),
    /** When the sample was made, to offer a fresh one. */
    createdAt: z.string(),
    readOnly: readOnlySchema.nullable(),
  }),
]);
export type WorkspaceStatus = z.infer<typeof workspaceStatusSchema>;

const folderSchema = z.string().trim().min(1).max(2_000);

export const workspaceContract = {
  /** Which workspace is open, and what the first screen may offer. Needs no sign-in. */
  status: query.output(workspaceStatusSchema),
  /** Makes a workspace in an empty or new folder and signs its first admin in. */
  create: procedure
    .input(
      z.strictObject({
        folder: folderSchema,
        name: z.string().trim().min(1).max(120),
        adminName: personNameSchema,
        passphrase: newPassphraseSchema,
      }),
    )
    .output(workspaceStatusSchema),
  open: procedure.input(z.strictObject({ folder: folderSchema })).output(workspaceStatusSchema),
  /** Opens the practice desk, making it first where there is none; `fresh` makes it anew. */
  openSample: procedure.input(z.strictObject({ fresh: z.boolean() })).output(workspaceStatusSchema),
  /** Gives up an opening that takes long; nothing of the workspace was changed by it. Does nothing where none is under way. */
  stopOpening: procedure.output(workspaceStatusSchema),
  /** Unlocks a workspace that was made on another machine. */
  unlock: procedure.input(z.strictObject({ passphrase: passphraseSchema })).output(workspaceStatusSchema),
  /** Closes the workspace and signs everybody out. */
  close: procedure.output(workspaceStatusSchema),
  /** Asks the desktop for a folder; `null` when none was chosen or the host has no such dialogue. */
  chooseFolder: procedure.output(z.strictObject({ folder: z.string().nullable() })),
  /** An address that signs one more browser in to this host, once; `null` on the desktop. */
  newLaunchAddress: procedure.output(z.strictObject({ address: z.string().nullable() })),
};
