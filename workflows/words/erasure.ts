/** Erasing a customer: the proposal, its confirmation, and what is left to see afterwards. */
export const ERASURE_WORDS = {
  'erasure.act': 'Erase this customer…',
  'erasure.act.look': 'Look at the proposal',
  'erasure.proposedBy': '{who} proposed on {at} to erase this customer. Legal decides.',
  'erasure.declinedBy': '{who} declined on {at} to erase this customer.',
  'erasure.erasedBy': 'Erased on {at}. {who} confirmed it.',
  'erasure.incomplete': 'Files wait to be removed; the desk tries again at its next start.',

  'erasure.banner': '{count, plural, one {One erasure waits for legal.} other {# erasures wait for legal.}}',
  'erasure.banner.text': 'A customer’s data go for good once you confirm it.',
  'erasure.banner.act': 'Look at it',

  'erasure.title.propose': 'Erase this customer?',
  'erasure.title.decide': 'Erase @{handle}?',
  'erasure.title.done': 'Erased customer',
  'erasure.lead.propose':
    'You propose; somebody else, of legal, confirms. Until then nothing is lost. Afterwards nobody can bring it back.',
  'erasure.lead.decide':
    '{who} proposes it, {at}. When you confirm, the customer’s key is destroyed at once. Nobody can bring it back.',
  'erasure.who': 'Customer',
  'erasure.ground': 'Ground',
  'erasure.ground.requested': 'The customer asked for it',
  'erasure.ground.noLongerNeeded': 'The data are no longer needed',
  'erasure.ground.unlawful': 'The data should not have been kept',
  'erasure.ground.legalDuty': 'A law demands it',
  'erasure.ground.stays': 'The ground stays in the journal. What you write below goes with the customer.',
  'erasure.reason': 'Reason',
  'erasure.reason.none': 'No reason can be read.',
  'erasure.goes': 'What will be gone',
  'erasure.goes.posts':
    'Their name, handle and {count, plural, one {the one post that was taken in} other {all # posts that were taken in}}, with threads and pictures',
  'erasure.goes.replies':
    'Every version of our {count, plural, one {reply} other {# replies}}, drafts of all authors, notes, comments and reasons',
  'erasure.goes.files':
    '{count, plural, =0 {No files: none were kept} one {One encrypted file} other {# encrypted files}}',
  'erasure.stays': 'What stays',
  'erasure.stays.journal':
    'Who decided what and when, with every hash, signature and proof. The journal still verifies.',
  'erasure.stays.public':
    '{count, plural, one {One reply of ours} other {# replies of ours}}, public on the channel. To remove {count, plural, one {it} other {them}} there, take {count, plural, one {it} other {them}} down first.',
  'erasure.stays.quoted':
    'Posts of theirs in the thread above {count, plural, one {another customer’s post} other {# posts of other customers}}: they go with that customer.',
  'erasure.stays.copies': 'Copies and exports made before today. Whoever keeps them removes them, or lets them expire.',
  'erasure.obstacles': 'It cannot be erased as things stand',
  'erasure.propose': 'Propose to erase',
  'erasure.confirm': 'Erase for good',
  'erasure.decline': 'Decline',
  'erasure.decline.lead': 'Say why. {who} and the admins read it here.',
  'erasure.decline.reason': 'Why not',
  'erasure.decline.send': 'Decline the erasure',
  'erasure.back': 'Back',
  'erasure.isProposed': 'Proposed. Legal confirms or declines it.',
  'erasure.isErased': 'The customer is erased.',
  'erasure.isDeclined': 'The erasure is declined. Nothing was erased.',
  'erasure.loading': 'One moment: what it takes is being counted.',
  'erasure.canConfirm': '{who} can confirm it.',
} as const;
