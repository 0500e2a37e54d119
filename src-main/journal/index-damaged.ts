/** The index is not as it was saved: it has to be built anew from the journal. */
export class IndexDamagedError extends Error {
  override name = 'IndexDamagedError';

  constructor(options?: ErrorOptions) {
    super('the index over the journal is damaged; it is built anew at the next start', options);
  }
}
