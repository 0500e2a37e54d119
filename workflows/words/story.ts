/** One sentence for each type of record, in the story of a reply and in the decision log. */
export const STORY_WORDS = {
  'story.workspace.created': '{who} created the workspace {name}',
  'story.workspace.timestampingChanged':
    '{who} {address, select, none {ended the time-stamping of checkpoints} other {has checkpoints time-stamped by {address}}}',
  'story.workspace.keyRotated': '{who} changed the key that signs checkpoints',
  'story.person.added': '{who} added {name} ({roles})',
  'story.person.rolesChanged': '{who} changed the roles of {name} to {roles}',
  'story.person.removed': '{who} removed {name}',
  'story.person.keyRegistered': '{who} registered the key of {name}',
  'story.person.keyConfirmed': '{who} confirmed the new key of {name}',
  'story.person.keyRevoked': '{who} revoked the key of {name}',
  'story.channel.added': '{who} added the channel {name}, as @{handle}',
  'story.channel.changed': '{who} changed the channel {name}',
  'story.channel.removed': '{who} removed the channel {name}',
  'story.mention.captured': 'Post captured from {channel}',
  'story.reply.opened':
    '{follows, select, yes {{who} opened a reply to the customer’s answer} other {{who} opened a reply}}',
  'story.reply.claimed': '{who} gave it to {person}',
  'story.reply.claimed.self': '{who} took it',
  'story.reply.claimed.none': '{who} gave it back to the queue',
  'story.reply.triaged':
    '{outcome, select, monitoring {{who} watches it for now} noResponse {{who} decided not to answer} privateHandling {{who} answers in private} merged {{who} merged it into another reply} other {{who} took it up again}}',
  'story.reply.monitoringEnded':
    '{cause, select, activity {The customer wrote again} other {The time to watch it is over}}',
  'story.reply.revised':
    '{operation, select, correct {{who} saved revision {revision}, a correction} takeDown {{who} proposed to take it down, as revision {revision}} other {{who} saved revision {revision}}}',
  'story.reply.submitted': '{who} submitted revision {revision}',
  'story.reply.approved': '{who} approved revision {revision}',
  'story.reply.changesRequested': '{who} asked for a change to revision {revision}',
  'story.reply.rejected': '{who} rejected revision {revision}',
  'story.reply.recalled': '{who} recalled revision {revision}',
  'story.reply.withdrawn': '{who} withdrew it',
  'story.reply.closed': '{who} closed it',
  'story.reply.released': '{who} released it',
  'story.reply.scheduled': '{who} scheduled it',
  'story.reply.unscheduled': '{who} took it off the schedule',
  'story.reply.approvalExpired': 'The approval of revision {revision} ran out',
  'story.reply.escalated': 'It came at risk of being late',
  'story.reply.breached': 'It became overdue',
  'story.reply.recounted': 'The clock was corrected: its times were counted anew',
  'story.publication.attempted':
    '{operation, select, takeDown {Taking down begun, attempt {attempt}} other {Sending as @{handle} begun, attempt {attempt}}}',
  'story.publication.succeeded':
    '{operation, select, takeDown {Taken down} other {{wasFound, select, yes {Found published as @{handle}} other {Published as @{handle}}}}}',
  'story.publication.failed':
    '{isFinal, select, yes {Not published, given back: {cause}} other {Not published, nothing was made: {cause}}}',
  'story.publication.unknown': 'The outcome is not known: {cause}',
  'story.publication.observed':
    '{operation, select, takeDown {{outcome, select, same {Read back: nothing is public any more} other {Read back: it is still public}}} other {{outcome, select, same {Read back: the channel shows exactly the approved text} drifted {Read back: the public text differs from what was approved} other {Read back: the reply is gone}}}}',
  'story.publication.confirmedByHand':
    '{isThere, select, yes {{who} found it on the channel} other {{who} confirmed that it is not there}}',
  'story.template.revised': '{who} saved “{name}”, version {version}',
  'story.template.submitted': '{who} submitted “{name}”, version {version}',
  'story.template.approved': '{who} approved “{name}”, version {version}',
  'story.template.changesRequested': '{who} asked for a change to “{name}”, version {version}',
  'story.template.rejected': '{who} rejected “{name}”, version {version}',
  'story.template.retired': '{who} retired “{name}”, version {version}',
  'story.policy.revised': '{who} saved the policy, version {version}',
  'story.policy.submitted': '{who} submitted the policy, version {version}',
  'story.policy.approved': '{who} approved the policy, version {version}',
  'story.policy.changesRequested': '{who} asked for a change to the policy, version {version}',
  'story.policy.rejected': '{who} rejected the policy, version {version}',
  'story.policy.retired': '{who} retired the policy, version {version}',
  'story.publishing.paused': '{who} paused all publishing',
  'story.publishing.resumeProposed': '{who} proposed to publish again',
  'story.publishing.resumed': '{who} agreed: publishing is on again',
  'story.hold.placed': '{who} placed a legal hold',
  'story.hold.lifted': '{who} lifted the legal hold',
  'story.erasure.proposed':
    '{who} proposed to erase the customer: {ground, select, requested {they asked for it} noLongerNeeded {the data are no longer needed} unlawful {the data should not have been kept} other {a law demands it}}',
  'story.erasure.declined': '{who} declined to erase the customer',
  'story.erasure.confirmed': '{who} confirmed that the customer is erased',
  'story.subject.erased':
    'The customer was erased: the key destroyed{files, plural, =0 {} one {, one file removed} other {, # files removed}}',
  'story.journal.recovered':
    'After an interruption {records, plural, =0 {no record} one {one record} other {# records}} newer than the checkpoint {records, plural, one {was} other {were}} kept, {bytes, plural, =0 {nothing} other {# bytes}} cut off',
  'story.clock.jumped': 'The clock leapt forward',
  'story.clock.corrected': '{who} corrected the clock',
  'story.clock.confirmed': '{who} confirmed the time',
  'story.audit.read': '{who} read {what, select, story {a story} log {the log} other {a record}}',
  'story.audit.verified':
    '{who} verified {size, plural, one {one record} other {# records}}: {ok, select, yes {all sound} other {{problems, plural, one {one problem} other {# problems}}}}',
  'story.audit.exported/2':
    '{who} exported {what, select, journal {the whole journal} reply {one reply’s records} other {all records of a time}} ({records, plural, one {one record} other {# records}}), {revealed, select, content {with its posts and texts opened} keys {with the customers’ keys} other {opening nothing that is sealed}}',
  'story.audit.exported': '{who} exported {what, select, proof {a proof} other {a story}}',

  'cause.offline': 'no connection',
  'cause.timeout': 'no answer in time',
  'cause.interrupted': 'the program was interrupted',
  'cause.serverError': 'the channel had a fault',
  'cause.rateLimited': 'the channel asked to wait',
  'cause.signInRefused': 'the channel refused the sign-in',
  'cause.refused': 'the channel refused the text',
  'cause.targetGone': 'the customer’s post is gone',
  'cause.absent': 'it was looked for and is not there',

  'role.agent': 'Agent',
  'role.comms': 'Comms',
  'role.legal': 'Legal',
  'role.publisher': 'Publisher',
  'role.auditor': 'Auditor',
  'role.admin': 'Admin',

  'review.comms': 'Comms',
  'review.legal': 'Legal',

  'check.empty': 'There is no text yet.',
  'check.emptySlot': 'The slot “{slot}” is empty.',
  'check.tooManyCharacters':
    'The text is {over, plural, one {one character} other {# characters}} too long; the channel takes {limit, number}.',
  'check.tooManyBytes':
    'The text is {over, plural, one {one byte} other {# bytes}} too long; the channel takes {limit, number}.',
  'check.term': '“{words}”: {reason}',
  'check.hiddenCharacter': 'A character that nobody can see ({code}) stands in the text.',
} as const;
