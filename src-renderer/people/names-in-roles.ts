import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Role } from '#workflows/people/roles.ts';
import { desk } from '../api/client.ts';

/** Names of those who have one of the roles and a key that counts; nobody until the people are read. */
export const useNamesInRoles = (roles: readonly Role[]): readonly string[] => {
  const people = useQuery(desk.people.list.queryOptions()).data?.people;
  const wanted = roles.join(' ');
  return useMemo(
    () =>
      (people ?? [])
        .filter(({ isRemoved, keyState }) => !isRemoved && keyState === 'valid')
        .filter((person) => person.roles.some((role) => wanted.split(' ').includes(role)))
        .map(({ name }) => name),
    [people, wanted],
  );
};
