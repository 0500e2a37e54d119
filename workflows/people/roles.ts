import { z } from 'zod';
import type { PersonId } from '../identifiers.ts';

export const ROLES = ['agent', 'comms', 'legal', 'publisher', 'auditor', 'admin'] as const;
export const roleSchema = z.enum(ROLES);
export type Role = z.infer<typeof roleSchema>;

/** The reviews that exist. Each is decided in the role of the same name. */
export const REVIEW_KINDS = ['comms', 'legal'] as const;
export const reviewKindSchema = z.enum(REVIEW_KINDS);
export type ReviewKind = z.infer<typeof reviewKindSchema>;

/** A person acting in one of their roles; how a record names who did it. */
export interface PersonActor {
  readonly person: PersonId;
  readonly role: Role;
}

/** The program acting by itself. */
export interface SystemActor {
  readonly system: string;
}

export type Actor = PersonActor | SystemActor;

export const isPersonActor = (actor: Actor): actor is PersonActor => 'person' in actor;
