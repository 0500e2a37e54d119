import type { ActorView, PersonRef } from '#workflows/contract/base.ts';
import type { PersonId } from '#workflows/identifiers.ts';
import { isPersonActor, type Actor } from '#workflows/people/roles.ts';
import type { DeskReading } from '../desk-reading.ts';

export const personRef = (desk: DeskReading, id: PersonId): PersonRef => ({ id, name: desk.nameOf(id) });

export const actorView = (desk: DeskReading, actor: Actor): ActorView =>
  isPersonActor(actor)
    ? { kind: 'person', id: actor.person, name: desk.nameOf(actor.person), role: actor.role }
    : { kind: 'system', name: actor.system };
