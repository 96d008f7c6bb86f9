/**
 * Words by which sites name the parts of a page that are not its text. Class names, ids and test ids are cut into words at
 * hyphens, underscores and capitals; a word is noise when it is listed here or when it contains one of the stems.
 */

/** What readers wrote below a text. */
export const COMMENT_WORDS = new Set(
  words(`comment comments commenting commentlist respond disqus livefyre coral viafoura
    pinglun tiezi gentie replies discussion kommentare commentaires comentarios reacties`),
);

/** Notices about cookies and consent: long texts that stand on every page. */
export const CONSENT_NAME =
  /onetrust|cookie[-_]?(?:bar|banner|notice|consent|policy|law|modal|popup)|consent|gdpr|didomi|usercentrics|truste|qc-cmp|sp_message/iu;

/** Other documents, ways to share and subscribe, who wrote it, pictures and their captions: noise on any element. */
export const NOISE_WORDS = new Set(
  words(`related recommended recommendations recommend recirc recirculation readmore readnext trending mostread
    mostpopular morelikethis alsolike bacajuga suggested suggestions
    share sharing shares sharebar sharer socials sociallinks followus
    newsletter newsletters subscribe subscription signup optin regwall
    ad ads advert adverts advertisement advertising adslot adunit sponsor sponsored sponsors promo promos promotion taboola
    outbrain dfp gpt
    byline bylines authorbio authorbox
    breadcrumb breadcrumbs crumbs
    caption captions figcaption wpcaption imagecaption photocredit
    timestamp pubdate postmeta entrymeta articlemeta dateline
    copyright skiplink tooltip hovercard popover
    xiangguan tuijian fenxiang relnews sharebox bdsharebuttonbox shareto bianji zebian`),
);

/** Words that name boxes; on a paragraph, a heading or a row they may say what the text is about. */
export const BOX_WORDS = new Set(
  words(`popular follow social registration login affiliate commerce author authors bio contributor contributors
    crumb toolbar tools pagination pager pagenav nav navbar navigation menu menus sitenav
    tag tags taglist topics keywords categories credit credits gallery slideshow carousel lightbox
    jwplayer brightcove sidebar rail footer masthead topbar cookie cookies consent gdpr popup modal dialog dropdown
    poll quiz rating ratings vote votes metadata print printonly printer skip toc tableofcontents disclaimer
    teasers upsell callout paywall piano relevant`),
);

/** Parts of longer made-up words: `articleRelatedLinks2`, `nyt_newsletterPromo`. */
export const NOISE_STEMS =
  /related(?:article|content|stor|link|news|post|topic|item)|recommend(?:ed|ation)|newsletter|breadcrumb|advert|sponsor|mostread|mostpopular|socialshare|sharebar|sharetool|comments?(?:list|area|section|form|box|wrap)|authorbio|bdshare|screenreader/u;

/** The element that holds the author's name and little else. */
export const BYLINE_NAME =
  /(?:^|[\s_-])(?:byline|author|authors|autor|auteur|autore|autoren|authorname|postauthor)(?:[-_]*(?:name|names|link|title|text))?(?:$|[\s_])/iu;

/** The foot of a page: a whole word, for `footage` is none. */
export const FOOT_NAME =
  /^(?:page|site|main|global|all)?foot(?:er)?(?:wrap|wrapper|container|box|content|text|bottom|inner)?$/u;

/** A box made for a picture. */
export const PICTURE_NAME =
  /(?:^|[\s_-]|[a-z](?=[A-Z]))(?:img|image|picture|photo|pic|media|foto|bild|gallery|imagen|fig)/iu;

/** Of the words of noise and boxes, those that also stand around a text's own date, author and topics. */
const AROUND_A_TEXT =
  /^(?:byline|author|authors|contributor|credit|timestamp|pubdate|postmeta|entrymeta|articlemeta|dateline|metadata|tag|tags|topics|share|sharing|toolbar|tools|print|categories|follow|social|skip|breadcrumbs?|crumbs?)/u;

/** Words that name a place in another text, where a date is not the page's. */
export const OTHER_TEXT_WORDS: ReadonlySet<string> = new Set(
  [...NOISE_WORDS, ...BOX_WORDS].filter((word) => !AROUND_A_TEXT.test(word)),
);

/** Class names of what is never drawn or only read out; whole names, for `hide-for-small` hides little. */
export const HIDDEN_NAMES = new Set(
  words(`hidden hide d-none is-hidden u-hidden sr-only visually-hidden visuallyhidden screen-reader-text element-invisible
    assistive-text offscreen a11y-hidden print-only only-print screenreader`),
);

/** Class names of the paragraph that sums up a text between its title and its first paragraph. */
export const LEAD_NAME =
  /(?:^|[\s_-])(?:standfirst|lead|lede|leadin|leadtext|intro|introtext|introduction|teaser[-_]*text|dek|deck|subhead(?:line)?|sub[-_]?title|sommario|chapo|chapeau|entradilla|bajada|ingress|spot|vorspann|excerpt|summary|abstract|description|epigraphe?|perex|anons|sumario)(?:$|[\s_-])/iu;

function words(list: string): readonly string[] {
  return list.trim().split(/\s+/u);
}
