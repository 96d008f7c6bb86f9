import type { ComposeInput } from '../model/edition.ts';
import type { ToldStory } from './select-stories.ts';
import { WORDING } from './wording.ts';

/** A section before its stories become items. */
export interface SectionPlan {
  readonly id: string;
  readonly title: string;
  readonly stories: readonly ToldStory[];
  /** Stories beyond the limit. */
  readonly over: readonly ToldStory[];
}

/** Stories of one source, and in shared sections of one topic, while stories of others wait. */
const AT_MOST = 2;

/** Themed sections in the vocabulary's order, so that a topic stands in the same place every week; press last. */
export function planSections(
  stories: readonly ToldStory[],
  { digest: { limits, lang }, vocabulary }: ComposeInput,
): SectionPlan[] {
  const official = stories.filter((story) => story.official);
  const groups = Map.groupBy(official, ({ topic }) => topic);
  // Stories come best first, so groups stand in the order of their best story: the weaker topics share one section.
  const themed = new Set([...groups.keys()].slice(0, limits.sections));
  const order = vocabulary.topics.map(({ id }) => id).filter((id) => themed.has(id));
  const unknown = [...themed].filter((id) => !order.includes(id));
  const titleOf = (id: string): string => {
    const topic = vocabulary.topics.find((one) => one.id === id);
    if (topic === undefined) return id;
    return lang === 'en' ? topic.en : topic.zh;
  };
  const plan = (id: string, title: string, members: readonly ToldStory[]): SectionPlan[] =>
    members.length === 0 ? [] : [{ id, title, ...fairShare(members, limits.itemsPerSection) }];
  const { other, press } = WORDING[lang].parts;
  return [
    ...[...order, ...unknown].flatMap((id) => plan(id, titleOf(id), groups.get(id) ?? [])),
    ...plan(
      'other',
      other,
      official.filter(({ topic }) => !themed.has(topic)),
    ),
    ...plan(
      'press',
      press,
      stories.filter((story) => !story.official),
    ),
  ];
}

/**
 * The best stories up to `limit`, at most two that one source alone tells and two of one topic as long as others wait;
 * both lists keep their order. Neither a section of a single topic nor the press is held to topics.
 */
export function fairShare(
  stories: readonly ToldStory[],
  limit: number,
): { readonly stories: readonly ToldStory[]; readonly over: readonly ToldStory[] } {
  const isMixed = new Set(stories.map(({ topic }) => topic)).size > 1;
  const taken = new Map<string, number>();
  const chosen = new Set<ToldStory>();
  for (const story of stories) {
    const sources = new Set(story.documents.map(({ document }) => document.sourceId));
    // What several sources tell is not one source's voice.
    const keys = [
      ...(sources.size === 1 ? [...sources].map((id) => `source ${id}`) : []),
      ...(isMixed && story.official ? [`topic ${story.topic}`] : []),
    ];
    if (chosen.size === limit || keys.some((key) => (taken.get(key) ?? 0) >= AT_MOST)) continue;
    for (const key of keys) taken.set(key, (taken.get(key) ?? 0) + 1);
    chosen.add(story);
  }
  for (const story of stories) if (chosen.size < limit) chosen.add(story);
  return {
    stories: stories.filter((story) => chosen.has(story)),
    over: stories.filter((story) => !chosen.has(story)),
  };
}
