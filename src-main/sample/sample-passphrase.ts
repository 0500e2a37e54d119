/** The passphrase of everybody in the sample workspace: no secret, and said so on the screen. */
export const SAMPLE_PASSPHRASE = 'countersign';
