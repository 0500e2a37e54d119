import type { RecordType } from '#workflows/records.ts';

/** The types of record that each command can write. An id that stands for other types in the journal was used for another act. */
const RECORDS_OF_PROCEDURE: Readonly<Record<string, readonly RecordType[]>> = {
  'desk.confirmClock': ['clock.confirmed'],
  'people.add': ['person.added'],
  'people.invite': ['person.keyRevoked'],
  'people.changeRoles': ['person.rolesChanged'],
  'people.remove': ['person.removed'],
  'people.registerKey': ['person.keyRegistered'],
  'people.confirmKey': ['person.keyConfirmed'],
  'people.revokeKey': ['person.keyRevoked'],
  'channel.add': ['channel.added'],
  'channel.change': ['channel.changed'],
  'channel.remove': ['channel.removed'],
  'mention.capture': ['mention.captured', 'reply.opened'],
  'mention.captureByHand': ['mention.captured', 'reply.opened'],
  'mention.fetchAnswers': ['mention.captured', 'reply.opened'],
  'reply.claim': ['reply.claimed'],
  'reply.handOver': ['reply.claimed'],
  'reply.triage': ['reply.triaged'],
  'reply.revise': ['reply.revised'],
  'reply.submit': ['reply.submitted'],
  'reply.recall': ['reply.recalled'],
  'reply.withdraw': ['reply.withdrawn'],
  'reply.approve': ['reply.approved'],
  'reply.requestChanges': ['reply.changesRequested'],
  'reply.reject': ['reply.rejected'],
  'reply.release': ['reply.released'],
  'reply.schedule': ['reply.scheduled'],
  'reply.unschedule': ['reply.unscheduled'],
  'reply.confirmByHand': ['publication.confirmedByHand'],
  'reply.close': ['reply.closed'],
  'reply.placeHold': ['hold.placed'],
  'reply.liftHold': ['hold.lifted'],
  'template.revise': ['template.revised'],
  'template.submit': ['template.submitted'],
  'template.approve': ['template.approved'],
  'template.requestChanges': ['template.changesRequested'],
  'template.reject': ['template.rejected'],
  'template.retire': ['template.retired'],
  'policy.revise': ['policy.revised'],
  'policy.submit': ['policy.submitted'],
  'policy.approve': ['policy.approved'],
  'policy.requestChanges': ['policy.changesRequested'],
  'policy.reject': ['policy.rejected'],
  'publishing.pause': ['publishing.paused'],
  'publishing.proposeResume': ['publishing.resumeProposed'],
  'publishing.resume': ['publishing.resumed'],
  'erasure.propose': ['erasure.proposed'],
  'erasure.confirm': ['erasure.confirmed', 'subject.erased'],
  'erasure.decline': ['erasure.declined'],
  'journal.verify': ['audit.verified'],
  'journal.exportStory': ['audit.exported'],
  'journal.exportRecord': ['audit.exported'],
  'journal.exportFolder': ['audit.exported/2'],
};

/** @throws Error for a procedure that has a command id and is not in the table: a bug, which a test finds first */
export const recordsOfProcedure = (procedure: string): readonly RecordType[] => {
  const types = RECORDS_OF_PROCEDURE[procedure];
  if (!types) throw new Error(`nobody has said what ${procedure} writes`);
  return types;
};
