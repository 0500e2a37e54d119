import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { PersonId } from '#workflows/identifiers.ts';
import { client, desk } from '../api/client.ts';
import { useSession } from './session.tsx';

/** The sample's people, each a click away; nobody in a real workspace. */
export const useSampleCast = () => {
  const { session } = useSession();
  const navigate = useNavigate();
  const { practicePassphrase } = session;
  const list = useQuery({ ...desk.people.list.queryOptions(), enabled: practicePassphrase !== null });
  const become = useMutation({
    mutationFn: (person: PersonId) => client.session.signIn({ person, passphrase: practicePassphrase ?? '' }),
    onSuccess: () => navigate({ to: '/queue/$queue', params: { queue: 'first' } }),
  });
  return {
    people: (list.data?.people ?? []).filter(({ isRemoved, keyState }) => !isRemoved && keyState === 'valid'),
    become: (person: PersonId) => {
      become.mutate(person);
    },
  };
};
