import type { Actor } from '../scripted/script-desk.ts';
import { FOUNDER } from './cast.ts';
import type { OutsideAct, Scene } from './scene.ts';
import type { Stage } from './stage.ts';

/** Customers have no desk of their own: on the practice network anybody may post as one. */
const anybody = (stage: Stage): Promise<Actor> => stage.person(FOUNDER);

const nameAbove = (scene: Scene, index: number): string => `${scene.name}, above ${String(index + 1)}`;

/** Posts the customer's post, or the post at `above` of the thread over it. */
export const postAsCustomer = async (stage: Stage, scene: Scene, above: number | null): Promise<void> => {
  const { practice } = (await anybody(stage)).desk;
  const { thread = [], language } = scene;
  const own = above === null ? null : thread[above];
  const before = (above ?? thread.length) - 1;
  const made = await practice.post({
    channel: stage.channel(scene.channel),
    handle: own?.handle ?? scene.handle,
    text: own?.text ?? scene.post,
    language,
    parent: before < 0 ? null : stage.post(nameAbove(scene, before)).id,
  });
  stage.posts.set(above === null ? scene.name : nameAbove(scene, above), made);
};

const answer = async (stage: Stage, scene: Scene, text: string): Promise<void> => {
  const { desk } = await anybody(stage);
  const { publication } = await desk.reply.get({ reply: stage.reply(scene.name) });
  if (!publication?.receipt) throw new Error('there is nothing public to answer');
  const { channel: name, handle, language } = scene;
  await desk.practice.post({ channel: stage.channel(name), handle, text, language, parent: publication.receipt.id });
};

/** Arms the network's own moderation: it acts once, the moment that our answer to the post appears. */
const moderate = (stage: Stage, scene: Scene, edit: readonly [from: string, to: string] | null): void => {
  const { network } = stage.script.host.desk;
  const { id: parent } = stage.post(scene.name);
  const stop = network.onChange(() => {
    const ours = network.posts.find((post) => post.parent === parent && post.key !== null);
    if (!ours) return;
    stop();
    if (edit === null) network.remove(ours.id);
    else network.edit(ours.id, { text: ours.text.replace(...edit), language: ours.language ?? '', at: ours.at });
  });
};

/** What happens on the practice network without the desk's doing. */
export const performOutside = async (stage: Stage, scene: Scene, act: OutsideAct): Promise<void> => {
  switch (act.do) {
    case 'answer':
      await answer(stage, scene, act.text);
      return;
    case 'deletePost':
      stage.script.host.desk.network.remove(stage.post(scene.name).id);
      return;
    case 'moderate':
      moderate(stage, scene, act.edit);
  }
};
