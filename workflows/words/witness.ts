/** Words of a client that keeps checkpoints. */
export const WITNESS_WORDS = {
  'witness.title': 'This is not the journal that you saw before',
  'witness.lead':
    'A signed checkpoint of the journal is kept here, on your side, and compared each time. What the desk shows now does not continue it. Nothing is signed or sent from here until that is cleared up.',
  'witness.reason.unreadable': 'What the desk shows as its checkpoint cannot be read, or is of another workspace.',
  'witness.reason.badSignature': 'The checkpoint that the desk shows does not bear a right signature.',
  'witness.reason.otherKey':
    'The checkpoint that the desk shows is signed with another key, and the key that you knew did not vouch for it.',
  'witness.reason.rolledBack':
    'The journal has fewer records than when you last saw it. This is an older copy, or a second history that began from one.',
  'witness.reason.split':
    'The journal has as many records as when you last saw it, but not the same ones. This workspace has two histories.',
  'witness.reason.rewritten':
    'The journal has more records than when you last saw it, but not all that you saw. This workspace has two histories.',
  'witness.kept': 'Kept here',
  'witness.shown': 'Shown by the desk now',
  'witness.size': 'Records',
  'witness.root': 'Tree root',
  'witness.seen': 'Seen',
  'witness.unreadable': 'cannot be read',
  'witness.nothingKept': 'Nothing was kept yet.',
  'witness.next': 'What to do',
  'witness.next.save': 'Save both checkpoints. Together they prove what happened, whoever keeps the folder.',
  'witness.next.tell': 'Tell an admin and the auditors. An older backup may have been put back by mistake.',
  'witness.next.again': 'When the right folder is back, look again.',
  'witness.save.kept': 'Save the kept one',
  'witness.save.shown': 'Save the shown one',
  'witness.again': 'Look again',
  'witness.readOn.sure': 'I know that what I read may have been changed.',
  'witness.readOn': 'Read on without signing',
  'witness.readOn.whyNot': 'Say first that you know what it means.',
  'witness.banner': 'The journal is refused here.',
  'witness.banner.text': 'What you read may have been changed. Nothing is signed from here.',
  'witness.banner.show': 'Show why',
} as const;
