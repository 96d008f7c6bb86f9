/** Elements made for the text by content systems, mostly Chinese: where one stands, it is the text. */
export const CERTAIN = [
  ...[
    '#UCAP-CONTENT',
    '.TRS_UEDITOR',
    '.trs_editor_view',
    '.TRS_Editor',
    '#zoom',
    '#Zoom',
    '#zoomcon',
    '#ozoom',
  ],
  ...['#fontzoom', '#FontZoom', '.pages_content', '#detailContent', '#js_content', '#endText', '#artibody'],
  ...[
    '#rwb_zw',
    '#mainText',
    '#articleText',
    '#article_content',
    '#news_content',
    '#contentText',
    '#ArticleContent',
  ],
  ...[
    '.article_content',
    '.Article_content',
    '.post_text',
    '.rm_txt_con',
    '.v_news_content',
    '.wp_articlecontent',
  ],
  ...['.news_content', '.xxgk-content', '.all-txt', '.gsAreaContextArt', '.govspeak'],
];
/** Names that also stand on teasers and on one of several parts. */
export const LIKELY = [
  ...[
    '[itemprop=articleBody]',
    '#article',
    '.article-content',
    '.articleContent',
    '.article-body',
    '.article__body',
  ],
  ...['.news-content', '.detail-content', '.story-body', '.entry-content', '.post-content'],
];

/** The names among them, without the mark of their kind. */
export const CONTAINER_CLASSES = namesMarked('.');
export const CONTAINER_IDS = namesMarked('#');

function namesMarked(mark: string): ReadonlySet<string> {
  const selectors = [...CERTAIN, ...LIKELY].filter((selector) => selector.startsWith(mark));
  return new Set(selectors.map((selector) => selector.slice(1)));
}
