// The front door's script: narrows the list, and searches the documents of all editions without a server.
// The page is whole without it; nothing here makes a request but for the search data beside it.
(() => {
  const MOST_RESULTS = 50;
  const form = document.querySelector('.finder');
  if (form === null) return;
  const { query, year, topic, region } = form.elements;
  const status = document.querySelector('.status');
  const results = document.querySelector('.results');
  const list = results.querySelector('ol');
  const editions = [...document.querySelectorAll('.edition')];
  const byFolder = new Map(editions.map((edition) => [edition.dataset.folder, edition]));
  const say = (label, count) => form.dataset[label].replace('#', String(count));

  /** Letters of any width and case are the same; words are looked for anywhere in the text. */
  const plain = (text) => text.normalize('NFKC').toLowerCase();
  const termsOf = (text) => plain(text).split(/\s+/).filter(Boolean);

  let loading;
  /** The rows of search-index.js with the text to look in, newest first; read when the first search needs them. */
  function load() {
    loading ??= new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.src = 'search-index.js';
      script.onload = () => resolve(rowsOf(globalThis.policyDigestIndex.editions));
      script.onerror = () => reject(new Error('no search index'));
      document.head.append(script);
    });
    return loading;
  }

  const nameOf = ({ folder, title, source, on }) => [folder.split('/')[0], title, source, on].join('\n');

  function rowsOf(indexed) {
    const rows = indexed.flatMap(({ folder, week, documents }) =>
      documents.map(([title, href, source, on, words, topics, regions, story]) => {
        const heading = plain(title);
        const text = `${heading}\n${plain(source)}\n${plain(words)}`;
        return { folder, week, title, href, source, on, topics, regions, story, heading, text };
      }),
    );
    // A later edition may name a document, by its deadline, without telling its story again.
    const stories = new Map(rows.filter(({ story }) => story !== '').map((row) => [nameOf(row), row.story]));
    for (const row of rows) row.story = stories.get(nameOf(row)) ?? '';
    return rows.sort((left, right) => (left.on === right.on ? 0 : left.on > right.on ? -1 : 1));
  }

  /**
   * Documents that hold all terms, those with all of them in the title first; a document of two weeks once, and those
   * of a story with one title as one, told by the first of them.
   */
  function find(rows, terms) {
    const [inTitle, inText] = [new Map(), new Map()];
    for (const row of rows) {
      if (!terms.every((term) => row.text.includes(term))) continue;
      if (year.value !== '' && !row.week.startsWith(year.value)) continue;
      if (topic.value !== '' && !row.topics.includes(topic.value)) continue;
      if (region.value !== '' && !row.regions.includes(region.value)) continue;
      const group = terms.every((term) => row.heading.includes(term)) ? inTitle : inText;
      const key = `${row.title}\n${row.story}`;
      const found = group.get(key) ?? { row, publications: new Set() };
      found.publications.add(`${row.source}\n${row.on}`);
      if (row.on < found.row.on) found.row = row;
      group.set(key, found);
    }
    return [...inTitle.values(), ...inText.values()];
  }

  /** Documents in all, the folded ones included. */
  const countOf = (found) => found.reduce((sum, { publications }) => sum + publications.size, 0);

  function element(name, className, ...children) {
    const made = document.createElement(name);
    if (className !== '') made.className = className;
    made.append(...children);
    return made;
  }

  /** The title with the terms marked; without marks where letters change their length when made plain. */
  function marked(title, terms) {
    const text = plain(title);
    if (text.length !== title.length) return [title];
    const isHit = new Array(title.length).fill(false);
    for (const term of terms)
      for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1))
        isHit.fill(true, at, at + term.length);
    const pieces = [];
    for (let from = 0; from < title.length; ) {
      let to = from + 1;
      while (to < title.length && isHit[to] === isHit[from]) to += 1;
      const piece = title.slice(from, to);
      pieces.push(isHit[from] ? element('mark', '', piece) : piece);
      from = to;
    }
    return pieces;
  }

  function resultOf({ row: { folder, title, href, source, on, story }, publications }, terms) {
    const link = element('a', '', ...marked(title, terms));
    link.href = href === '' ? `${folder}/index.html` : href.startsWith('kept/') ? `${folder}/${href}` : href;
    const others = publications.size - 1;
    const where = others === 0 ? source : `${source} ${say('others', others)}`;
    const facts = element('p', 'facts', `${where} · ${on}`);
    const edition = byFolder.get(folder);
    if (edition !== undefined) {
      const week = element('a', '', edition.dataset.week);
      week.href = `${folder}/index.html`;
      facts.append(' · ', week);
    }
    if (story !== '') {
      const whole = element('a', '', form.dataset.story);
      whole.href = story;
      facts.append(' · ', whole);
    }
    return element('li', '', element('p', 'title', link), facts);
  }

  /** Editions that hold what is chosen; groups without any are left out as well. */
  function narrow() {
    let shown = 0;
    for (const edition of editions) {
      const { year: own, topics, regions } = edition.dataset;
      const fits =
        (year.value === '' || own === year.value) &&
        (topic.value === '' || topics.split(' ').includes(topic.value)) &&
        (region.value === '' || regions.split(' ').includes(region.value));
      edition.hidden = !fits;
      if (fits) shown += 1;
    }
    for (const group of document.querySelectorAll('.year, .digest'))
      group.hidden = group.querySelector('.edition:not([hidden])') === null;
    return shown;
  }

  async function update() {
    const shown = narrow();
    const asked = query.value;
    const terms = termsOf(asked);
    const isNarrowed = [year, topic, region].some(({ value }) => value !== '');
    remember();
    results.hidden = terms.length === 0;
    if (terms.length === 0) {
      status.textContent = isNarrowed ? say('shownEditions', shown) : '';
      return;
    }
    try {
      const rows = await load();
      if (query.value !== asked) return;
      const found = find(rows, terms);
      list.replaceChildren(...found.slice(0, MOST_RESULTS).map((one) => resultOf(one, terms)));
      const label = found.length === 0 ? 'foundNone' : found.length > MOST_RESULTS ? 'foundMore' : 'found';
      status.textContent = say(label, countOf(found));
    } catch {
      list.replaceChildren();
      status.textContent = form.dataset.noIndex;
    }
  }

  /** The choices stand in the address, so that a search can be kept and handed on. */
  function remember() {
    const chosen = [query, year, topic, region].filter(({ value }) => value.trim() !== '');
    const hash = new URLSearchParams(chosen.map(({ name, value }) => [name, value.trim()])).toString();
    history.replaceState(null, '', hash === '' ? location.href.split('#')[0] : `#${hash}`);
  }

  function recall() {
    for (const [name, value] of new URLSearchParams(location.hash.slice(1)))
      if (form.elements[name] !== undefined) form.elements[name].value = value;
  }

  form.hidden = false;
  recall();
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('input', update);
  // The fields are empty only after the event.
  form.addEventListener('reset', () => setTimeout(update));
  update();
})();
