/** Who is listed, besides everybody: those of a role, those whose key waits for somebody, those who left. */
export const PEOPLE_SHOWS = ['agent', 'comms', 'legal', 'publisher', 'auditor', 'admin', 'keys', 'removed'] as const;

/** What the address of the people may carry. */
export interface PeopleSearch {
  /** Whose facts are shown: a bare id. */
  readonly person?: string;
  readonly show?: (typeof PEOPLE_SHOWS)[number];
}

export const peopleSearch = ({ person, show }: Record<string, unknown>): PeopleSearch => {
  const known = PEOPLE_SHOWS.find((name) => name === show);
  return {
    ...(typeof person === 'string' && person !== '' ? { person } : {}),
    ...(known ? { show: known } : {}),
  };
};
