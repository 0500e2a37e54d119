/** Gives the person a file that was made here. */
export const saveFile = (name: string, content: string, type: string): void => {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // The download has begun by the next turn; the address is not needed afterwards.
  setTimeout(() => {
    URL.revokeObjectURL(address);
  }, 10_000);
};
