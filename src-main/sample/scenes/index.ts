import type { Scene, SceneMaker } from '../scene.ts';
import { blogScenes } from './blog.ts';
import { deliveryScenes } from './delivery.ts';
import { earlierScenes } from './earlier.ts';
import { forumScenes } from './forum.ts';
import { questionScenes } from './questions.ts';
import { safetyScenes } from './safety.ts';
import { scenesWithoutReply } from './without-reply.ts';

const MAKERS: readonly SceneMaker[] = [
  earlierScenes,
  deliveryScenes,
  safetyScenes,
  forumScenes,
  blogScenes,
  questionScenes,
  scenesWithoutReply,
];

/** Every scene of the sample; one of them opens a second reply, to the customer's answer. */
export const scenesOf: (...parameters: Parameters<SceneMaker>) => readonly Scene[] = (calendar) =>
  MAKERS.flatMap((scenes) => scenes(calendar));
