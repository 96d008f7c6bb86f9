import type { Html, HtmlElement } from '../text/html.ts';

// Writing CSS selectors for elements found on a page, as a person would put them into a source file.

/** Classes that name a kind of element, not its turn: without numbers, odd, even, first, last, active. */
export function stableClasses(element: HtmlElement): string[] {
  const names = (element.attribs.class ?? '').split(/\s+/).filter((name) => /^[a-zA-Z_][\w-]*$/.test(name));
  return names
    .filter((name) => !/^(?:odd|even|first|last|active|on|cur(?:rent)?|hover|\w*\d)$/i.test(name))
    .sort();
}

/** The element, its parent, and so on. */
export function upwards(element: HtmlElement): HtmlElement[] {
  const steps: HtmlElement[] = [];
  for (let here: HtmlElement | undefined = element; here !== undefined; here = parentOf(here))
    steps.push(here);
  return steps;
}

/** The shortest chain of tags and classes upwards that matches the items and, if possible, nothing else. */
export function itemSelector($: Html, items: readonly HtmlElement[]): string {
  let chain = stepOf(items);
  let level: readonly (HtmlElement | undefined)[] = items;
  for (let depth = 0; depth < 4 && (depth === 0 || $(chain).length > items.length); depth += 1) {
    level = level.map((element) => element && parentOf(element));
    const known = level.filter((element) => element !== undefined);
    if (known.length < level.length || known[0]?.name === 'body') break;
    chain = `${stepOf(known)} > ${chain}`;
  }
  return chain;
}

/** One step of a selector that fits all the elements: their id, or tag and common classes. */
export function stepOf(elements: readonly HtmlElement[]): string {
  const [first] = elements;
  if (first === undefined) return '*';
  const id = first.attribs.id ?? '';
  if (/^[a-zA-Z][\w-]*$/.test(id) && elements.every((element) => element.attribs.id === id)) return `#${id}`;
  const classes = stableClasses(first).filter((name) =>
    elements.every((element) => stableClasses(element).includes(name)),
  );
  return [first.name, ...classes].join('.');
}

/** The way from an item down to an element inside it; `.` for the item itself. */
export function relativeSelector(item: HtmlElement, element: HtmlElement): string {
  if (item === element) return '.';
  const steps: string[] = [];
  for (
    let here: HtmlElement | undefined = element;
    here !== undefined && here !== item;
    here = parentOf(here)
  )
    steps.unshift(stepOf([here]));
  return `> ${steps.join(' > ')}`;
}

/** The element around an element; undefined at the root. */
export function parentOf(element: HtmlElement): HtmlElement | undefined {
  const parent = element.parent;
  return parent !== null && 'attribs' in parent ? parent : undefined;
}
