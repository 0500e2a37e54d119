/**
 * The address to give to the person's browser or mail program, as it was parsed; `null` for whatever is neither `https:`
 * nor `mailto:`. Input is hostile: other schemes start other programs.
 */
export const externalAddress = (address: string): string | null => {
  const url = URL.parse(address);
  if (!url) return null;
  if (url.protocol === 'mailto:') return url.href;
  // A name before the host is there to deceive.
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') return null;
  return url.href;
};
