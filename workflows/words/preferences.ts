/** What belongs to this machine and this person. */
export const PREFERENCES_WORDS = {
  'preferences.text': 'These are yours, on this machine. Nobody else sees them, and they are not in the journal.',
  'preferences.unreadable': 'Your preferences could not be read',
  'preferences.unreadable.text': 'The desk shows its usual look meanwhile. Nothing was changed.',
  'preferences.notKept': 'The last choice could not be kept',

  'preferences.look': 'Look',
  'preferences.theme': 'Theme',
  'preferences.theme.text': 'By itself follows what this computer is set to, now {now}.',
  'preferences.theme.system': 'By itself',
  'preferences.theme.light': 'Light',
  'preferences.theme.dark': 'Dark',
  'preferences.theme.nowLight': 'light',
  'preferences.theme.nowDark': 'dark',
  'preferences.textSize': 'Text size',
  'preferences.textSize.text':
    'The desk goes by the zoom of its window: {larger} larger, {smaller} smaller, {usual} as usual.',

  'preferences.dates': 'Dates and numbers',
  'preferences.locale': 'Written as in',
  'preferences.locale.text': 'For example {date}, and {number} characters. The words stay English.',
  'preferences.locale.system': 'This computer ({name})',

  'preferences.lock': 'Lock',
  'preferences.idle': 'Lock when left alone for',
  'preferences.idle.text':
    'Your passphrase opens the desk again where you left it. The policy allows {count, plural, one {a minute} other {# minutes}} at most.',
  'preferences.idle.policy': 'As the policy says: {count, plural, one {a minute} other {# minutes}}',
  'preferences.idle.minutes': '{count, plural, one {# minute} other {# minutes}}',
  'preferences.idle.over': '{count, plural, one {# minute} other {# minutes}}, cut short by the policy',
  'preferences.lockNow': 'Lock the desk now',

  'preferences.panes': 'Panes',
  'preferences.widths': 'Widths',
  'preferences.widths.text':
    'Drawn by their edges, or there with the arrow keys: {queue} px at the left, {context} px at the right.',
  'preferences.widths.usual':
    '{queue} px at the left and {context} px at the right, as usual. Draw their edges, or use the arrow keys there.',
  'preferences.widths.reset': 'Back to the usual widths',

  'preferences.passphrase': 'Passphrase',
  'preferences.passphrase.title': 'Your passphrase',
  'preferences.passphrase.text':
    'It opens the desk and signs what you decide. Changing it changes neither your key nor anything that you signed.',
  'preferences.passphrase.sample':
    'In the sample everybody has the same passphrase, so that each role is a click away. It stays.',
  'preferences.passphrase.change': 'Change the passphrase',
  'preferences.passphrase.current': 'The one that counts now',
  'preferences.passphrase.submit': 'Change it',
  'preferences.passphrase.same': 'This is the one that counts now. Choose another.',
  'preferences.passphrase.currentNeeded': 'Enter the passphrase that counts now.',
  'preferences.passphrase.done': 'Your passphrase was changed. The new one counts from now on.',
} as const;
