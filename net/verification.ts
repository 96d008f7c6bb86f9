/** Marks that the common bot walls leave in the page they show instead of the content. */
const WALLS: readonly (readonly [string, RegExp])[] = [
  ['jsl', /__jsl_clearance/],
  ['acw', /acw_sc__v[23]|aliyun_waf/],
  ['ruishu', /\$_ts\s*=\s*window\[|window\[['"]\$_ts['"]\]|\$_ts\.(?:cd|nsd|jf)\b/],
  ['cloudflare', /\/cdn-cgi\/challenge-platform\/|cf-browser-verification|_cf_chl_opt/],
  ['incapsula', /_Incapsula_Resource/],
  ['sucuri', /sucuri_cloudproxy_js/],
  ['ddos-guard', /\/\.well-known\/ddos-guard\//],
  ['aws', /\.awswaf\.com\/|AwsWafIntegration/],
  ['datadome', /captcha-delivery\.com/],
  ['perimeterx', /px-captcha/],
  ['captcha', /geetest|TencentCaptcha|hcaptcha\.com|\/recaptcha\/|turnstile/i],
];
const WORDS =
  /请完成(?:安全)?验证|安全验证|人机验证|访问验证|滑动验证|拖动滑块|请输入验证码|正在进行(?:安全)?检测|checking your browser|just a moment|verify (?:that )?you are (?:a )?human|are you a robot|captcha/i;
/** A page that sets a cookie by script and loads itself again. */
const SETS_COOKIE = /document\.cookie\s*=|document\[['"]cookie['"]\]\s*=/;
const RELOADS = /location(?:\.href|\.reload|\.replace|\.assign|\s*=|\[)/;
/** A wall shows hardly a word and links nowhere; a news page with a captcha script in its login box shows plenty. */
const FEW_LETTERS = 600;
const FEW_LINKS = 6;
const LOOKED_AT = 256 * 1024;

/**
 * The kind of bot wall a page is, undefined when it is content. Login forms are not judged: they may be the content.
 * @param text the decoded page, HTML only
 */
export function verificationWall(text: string): string | undefined {
  const page = text.slice(0, LOOKED_AT);
  const shown = visibleText(page);
  if (shown.length > FEW_LETTERS) return undefined;
  if ((page.match(/<a\s[^>]{0,200}href/gi) ?? []).length >= FEW_LINKS) return undefined;
  const wall = WALLS.find(([, sign]) => sign.test(page));
  if (wall !== undefined) return wall[0];
  if (WORDS.test(shown)) return 'words';
  return shown.length < 60 && SETS_COOKIE.test(page) && RELOADS.test(page) ? 'cookie script' : undefined;
}

/** Title and words outside scripts, styles and tags; linear in the page's length. */
function visibleText(page: string): string {
  const lower = page.toLowerCase();
  let text = '';
  for (let at = 0; at < page.length && text.length <= FEW_LETTERS * 4; ) {
    const open = page.indexOf('<', at);
    if (open === -1) {
      text += page.slice(at);
      break;
    }
    text += page.slice(at, open);
    at = afterTag(lower, open);
  }
  return text.replace(/\s+/g, ' ').trim();
}

/** Where the page goes on after the tag (with its content, for those whose content is not shown) at `open`. */
function afterTag(lower: string, open: number): number {
  for (const [start, end] of [
    ['<script', '</script'],
    ['<style', '</style'],
    ['<!--', '-->'],
  ] as const)
    if (lower.startsWith(start, open)) return after(lower, end, open + start.length);
  return after(lower, '>', open);
}

function after(text: string, end: string, from: number): number {
  const at = text.indexOf(end, from);
  if (at === -1) return text.length;
  return end.startsWith('</') ? after(text, '>', at) : at + end.length;
}
