/** Exports: the dialog of the decision log, and the pages that an export carries. */
export const EXPORT_WORDS = {
  'export.open': 'Export…',
  'export.title': 'Export records with their proofs',
  'export.scope': 'What to export',
  'export.scope.reply': 'Everything about this one reply',
  'export.scope.period': 'Every record in this time: {period}',
  'export.scope.journal': 'The whole journal',
  'export.scope.reply.hint': 'Its records with a proof for each, and those on which its signers’ keys and roles rest.',
  'export.scope.period.hint':
    'The other filters do not count here. Each record has its proof, and those on which its signers’ keys and roles rest come along.',
  'export.scope.journal.hint': 'Every record from the first on. Nothing can be missing in between.',
  'export.leaves': 'What leaves the desk',
  'export.leaves.plain':
    'Names of staff, who decided what and when, templates, policy, and the addresses of what was published can be read by whoever has the folder.',
  'export.leaves.sealed':
    'Customers’ names and posts, the texts of replies, reasons and notes stay encrypted, unless you open them below.',
  'export.revealed': 'What the reader can open',
  'export.revealed.none': 'Nothing that is sealed',
  'export.revealed.none.hint': 'Signatures, hashes and proofs can all be checked without it.',
  'export.revealed.content': 'The posts and texts in this export',
  'export.revealed.content.hint': 'Each with its salt, so that its fingerprint can be calculated. No reasons or notes.',
  'export.revealed.keys': 'The keys of the customers in this export',
  'export.revealed.keys.hint':
    'They open everything of these customers, other replies and later ones as well. A key that was handed out cannot be taken back, even by erasing the customer here.',
  'export.revealed.mayNot': 'Your role does not read customers’ matters, so you can open nothing.',
  'export.folder': 'New folder on this machine',
  'export.folder.hint': 'It must not exist yet. The folder that it is in must.',
  'export.folder.remoteHint':
    'On the machine where the desk runs. It must not exist yet; the folder that it is in must.',
  'export.folder.needed': 'Say where the export is to be written.',
  'export.choose': 'Choose where…',
  'export.submit': 'Export',
  'export.busy': 'Writing the export…',
  'export.done.title': 'Exported',
  'export.done':
    '{records, plural, one {One record} other {# records}} and {files, plural, one {one file} other {# files}} were written. That you exported them is recorded.',
  'export.done.folder': 'Folder',
  'export.done.asked': 'Records',
  'export.done.support': '{asked, number} asked for, {support, number} for keys and roles',
  'export.done.hash': 'Fingerprint of export.json',
  'export.done.check': 'Check it',
  'export.done.check.lead':
    'This command judges every file, record, signature and proof in the folder. The page index.html in it tells an outsider how.',
  'export.announced': 'The export is written to {folder}.',

  'exportPage.title': 'Export from the journal of {name}',
  'exportPage.titleNoName': 'Export from a journal',
  'exportPage.of': 'Export of',
  'exportPage.of.journal': 'the whole journal',
  'exportPage.of.reply': 'one reply',
  'exportPage.of.period': 'all records of a time',
  'exportPage.from': 'From',
  'exportPage.to': 'Up to',
  'exportPage.beginning': 'the beginning',
  'exportPage.end': 'the newest record',
  'exportPage.workspace': 'Workspace',
  'exportPage.exportedBy': 'Exported by',
  'exportPage.exportedAt': 'Exported',
  'exportPage.records': 'Records',
  'exportPage.recordsOfSlice': '{asked, number} asked for, {support, number} for keys and roles',
  'exportPage.size': 'Records under the checkpoint',
  'exportPage.root': 'Root',
  'exportPage.fingerprint': 'Fingerprint of record 0',
  'exportPage.check': 'How to check it',
  'exportPage.check.command':
    'With Node 20 or newer, in this folder. It reads, needs no network and no key, and ends with the status 0 when everything holds. One altered byte is named.',
  'exportPage.check.own':
    'A verifier that came with an export is as trustworthy as whoever sent it. Where that matters, use one of your own: “countersign verify FOLDER” does the same.',
  'exportPage.check.noVerifier': 'With Countersign installed, in this folder. One altered byte is named.',
  'exportPage.check.pin':
    'The last part pins the fingerprint of record 0. Take it from a place that you trust, not from this page: it says that this is the journal that you mean.',
  'exportPage.stamped': 'Time stamp of the checkpoint',
  'exportPage.stamped.by': '{at}, by {authority}',
  'exportPage.check.stamp': 'The time stamp',
  'exportPage.check.stamp.lead':
    'An authority that is not the sender stamped the checkpoint (RFC 3161): what it covers was there at that time. With openssl, in this folder; ca.pem are the authority’s certificates, which you take from the authority itself.',
  'exportPage.check.byHand': 'By hand',
  'exportPage.check.byHand.record':
    'A record is the bytes of its file in records/. SHA-256 of a zero byte and these bytes is its leaf hash; the file of the same name ending in .tlog-proof leads from it to the root in the checkpoint (c2sp.org/tlog-proof@v1, RFC 9162 section 2.1.3).',
  'exportPage.check.byHand.journal':
    'A record is one line of journal/, without its line feed. The tree over all lines (RFC 9162 section 2.1) has the root that journal/checkpoint signs.',
  'exportPage.check.byHand.checkpoint':
    'journal/checkpoint is a C2SP signed note. Its key is in keys/workspace.vkey and in record 0, or in the newest workspace.keyRotated.',
  'exportPage.check.byHand.signature':
    'Signatures are Ed25519 (RFC 8032) over “countersign/v1/record”, the origin and the record without seq, at and cont. Keys and roles of people stand in the person records.',
  'exportPage.check.byHand.files': 'export.json lists every other file with its SHA-256.',
  'exportPage.check.byHand.revealed':
    'The SHA-256 of a file in revealed/ is the hash in the record of that number, in the member that its name ends with.',
  'exportPage.check.byHand.keys':
    'The name of a key in revealed/keys/ is the SHA-256 of “countersign/v1/kid”, a line feed and the key. It opens what records seal under that name (AES-256-GCM).',
  'exportPage.shows': 'What this shows, and what it does not',
  'exportPage.shows.journal':
    'Nothing was changed, removed or inserted up to the checkpoint, and whose key decided. Whoever holds the checkpoint key could write another history: compare the root with a checkpoint that somebody else kept.',
  'exportPage.shows.slice':
    'Each record here stood in the journal, at its place, as it is, and whose key signed it. A slice cannot show that nothing is missing between its records, or that a key was not revoked by a record that is not here. The export of the whole journal can.',
  'exportPage.revealed': 'What was opened',
  'exportPage.revealed.none': 'Nothing: what is sealed stays encrypted.',
  'exportPage.revealed.content': 'The posts and texts, in revealed/.',
  'exportPage.revealed.keys': 'The customers’ keys, in revealed/keys/. Keep them as you would keep what they open.',
  'exportPage.list': 'Records',
  'exportPage.list.record': 'Record',
  'exportPage.list.time': 'Time (UTC)',
  'exportPage.list.act': 'Act',
  'exportPage.list.who': 'Who',
  'exportPage.list.desk': 'the desk',
  'exportPage.list.support': 'for keys and roles',
} as const;
