/** The scheme that serves the built renderer and nothing else. */
export const OWN_SCHEME = 'app';

const OWN_HOST = 'countersign';

/** The exact origin of the desk's page, as frames and message events spell it. */
export const OWN_ORIGIN = `${OWN_SCHEME}://${OWN_HOST}`;

/** Whether an address, hostile or not, lies on the desk's own origin. */
export const isOwnAddress = (address: string): boolean => {
  const url = URL.parse(address);
  if (!url) return false;
  const { protocol, host, username, password } = url;
  return protocol === `${OWN_SCHEME}:` && host === OWN_HOST && username === '' && password === '';
};
