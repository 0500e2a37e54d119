/** Which version is shown, where it is not the newest. */
export interface VersionSearch {
  readonly version?: number;
}

/** What of an address's search is understood; the rest is left out. */
export const versionSearch = ({ version }: Record<string, unknown>): VersionSearch =>
  Number.isInteger(version) && Number(version) > 0 ? { version: Number(version) } : {};
