import type { DigestId } from './ids.ts';

export type InterfaceLanguage = 'zh-CN' | 'en';

/** The standing definition of what is sent, when and in which language: `digests/<id>.yml`. */
export interface Digest {
  readonly id: DigestId;
  readonly title: string;
  readonly subtitle: string;
  readonly lang: InterfaceLanguage;
  /** Digests of the same content in another language; one of two that belong together names the other. @default none */
  readonly siblings?: readonly DigestId[];
  readonly zone: string;
  /** Five-field cron, local to `zone`, for the weekly edition. */
  readonly cron: string;
  /** What to do with weeks missed while the program was off. */
  readonly misfire: 'once' | 'skip' | 'all';
  readonly enabled: boolean;
  readonly template: string;
  readonly select: DigestSelection;
  readonly limits: DigestLimits;
}

/** Which documents belong; an absent list selects everything. */
export interface DigestSelection {
  readonly countries?: readonly string[];
  readonly languages?: readonly string[];
  readonly sources?: readonly string[];
  /** Only these topics of vocabulary/topics.yml. */
  readonly topics?: readonly string[];
  readonly regions?: readonly string[];
}

export interface DigestLimits {
  /** Items per themed section. @default 5 */
  readonly itemsPerSection: number;
  /** Sections. @default 6 */
  readonly sections: number;
}

/** The digest that has the same content in a language, whichever of the two names the other. */
export function siblingIn(
  lang: InterfaceLanguage,
  digest: Digest,
  digests: readonly Digest[],
): Digest | undefined {
  return digests.find(
    (other) =>
      other.lang === lang &&
      other.id !== digest.id &&
      (digest.siblings?.includes(other.id) || other.siblings?.includes(digest.id)),
  );
}
