import type { TemplateId } from '#workflows/identifiers.ts';

/** The part of a template's id that stands in an address. */
export const bareTemplate = (id: TemplateId): string => id.slice('template/'.length);

/** In the place of an id: a template that is being written for the first time. */
export const NEW_TEMPLATE = 'new';
