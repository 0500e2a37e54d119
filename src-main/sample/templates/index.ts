import { ARABIC_TEMPLATES } from './arabic.ts';
import { ENGLISH_TEMPLATES } from './english.ts';
import { GERMAN_TEMPLATES } from './german.ts';
import { ROMANCE_TEMPLATES } from './romance.ts';
import type { TemplateStory } from './template-story.ts';

const STORIES = { ...ENGLISH_TEMPLATES, ...GERMAN_TEMPLATES, ...ROMANCE_TEMPLATES, ...ARABIC_TEMPLATES };

/** A template of the sample desk, as its scripts call it. */
export type TemplateName = keyof typeof STORIES;

/** Every template of the sample with what happened to its versions. */
export const TEMPLATES: Readonly<Record<TemplateName, TemplateStory>> = STORIES;
