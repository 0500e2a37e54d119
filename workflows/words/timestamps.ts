/** The time-stamping of checkpoints, in the journal's pane. */
export const TIMESTAMPS_WORDS = {
  'timestamps.title': 'Time stamps',
  'timestamps.lead':
    'An outside authority stamps the newest checkpoint once a day and with every export. A stamp shows that the journal was there at that time, whoever keeps the folder.',
  'timestamps.none': 'No authority is set. Nobody outside confirms when the journal was as it is.',
  'timestamps.authority': 'Authority',
  'timestamps.trusted': 'Trusted',
  'timestamps.newest': 'Newest',
  'timestamps.newest.none': 'none yet',
  'timestamps.newest.given': '{at}, of {size, plural, one {# record} other {# records}}, by {authority}',
  'timestamps.newest.notTrusted':
    'Of {size, plural, one {# record} other {# records}}. It does not hold by the certificates that are trusted now.',
  'timestamps.failed': '{at}: {why} It is tried again by itself, next at {next}.',
  'timestamps.ask': 'Ask for a stamp now',
  'timestamps.asking': 'Asking…',
  'timestamps.asked': 'Stamped {at} by {authority}: {size, plural, one {# record} other {# records}}.',
  'timestamps.setUp': 'Set up…',
  'timestamps.change': 'Change…',
  'timestamps.dialog': 'Who stamps the checkpoints',
  'timestamps.dialog.lead':
    'Only the SHA-256 of a checkpoint is sent, nothing of what the journal says. The change is recorded and signed by you.',
  'timestamps.address': 'Address of the authority (RFC 3161)',
  'timestamps.address.hint': 'https, or http for an authority on the public internet or on this machine.',
  'timestamps.certificates': 'Certificates that are trusted, in PEM',
  'timestamps.certificates.hint':
    'The authority’s root certificate, as the authority itself publishes it. It replaces what was trusted before.',
  'timestamps.needed': 'Give an address and at least one certificate.',
  'timestamps.save': 'Save',
  'timestamps.end': 'Stamp no longer',
  'timestamps.saved': 'Time stamps are set up.',
  'timestamps.ended': 'Checkpoints are no longer stamped.',
} as const;
