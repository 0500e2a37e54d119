import type { VerificationResult } from '#workflows/journal/verify.ts';
import { JournalRules } from '#workflows/rules/journal-rules.ts';
import { nodeCrypto } from '#main/journal/node-crypto.ts';
import { verifyWorkspace } from '#main/journal/verify-workspace.ts';

/** Verifies a workspace as `countersign verify --rules` does. */
export const verifyWithRules = (folder: string): Promise<VerificationResult> =>
  verifyWorkspace(folder, { rules: new JournalRules(nodeCrypto) });
