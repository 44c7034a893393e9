/**
 * Elements from functions, and a tree made equal to a newer one in place. Pages are drawn anew at each change of the
 * data; what has not changed keeps its node, so focus, scroll, open details and plots survive.
 */

const SVG = 'http://www.w3.org/2000/svg';
const SVG_TAGS = new Set(['svg', 'path', 'circle', 'rect', 'line']);

/** Makes an element: `h('p.lead', { title: 'x' }, 'text', child)`. False, null and undefined are left out. */
export function h(selector, ...rest) {
  const [tag, ...classes] = selector.split('.');
  const node = SVG_TAGS.has(tag) ? document.createElementNS(SVG, tag) : document.createElement(tag);
  if (classes.length) node.setAttribute('class', classes.join(' '));
  const attributes = rest.length && isPlain(rest[0]) ? rest.shift() : {};
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'class') node.setAttribute('class', [...classes, value].join(' '));
    else node.setAttribute(name, value === true ? '' : String(value));
  }
  append(node, rest);
  return node;
}

function isPlain(value) {
  return value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype;
}

function append(node, children) {
  for (const child of children) {
    if (Array.isArray(child)) append(node, child);
    else if (child instanceof Node) node.append(child);
    else if (child !== null && child !== undefined && child !== false) node.append(String(child));
  }
}

/** Makes `node` equal to `next`, keeping what can be kept. */
export function morph(node, next) {
  attributes(node, next);
  if (node.dataset?.keep === undefined) children(node, next);
}

function attributes(node, next) {
  for (const { name } of [...node.attributes]) {
    if (!next.hasAttribute(name) && !ownState(node, name)) node.removeAttribute(name);
  }
  for (const { name, value } of next.attributes) {
    if (node.getAttribute(name) !== value) node.setAttribute(name, value);
  }
}

/** What a reader has opened stays open. */
function ownState(node, name) {
  return name === 'open' && node.tagName === 'DETAILS';
}

function children(node, next) {
  const keyed = new Map();
  for (const child of node.children) if (key(child)) keyed.set(key(child), child);
  let here = node.firstChild;
  for (const wanted of [...next.childNodes]) {
    const found = key(wanted) ? keyed.get(key(wanted)) : here;
    if (!found || !alike(found, wanted)) {
      node.insertBefore(wanted, here);
      continue;
    }
    if (found === here) here = here.nextSibling;
    else node.insertBefore(found, here);
    if (found.nodeType === Node.ELEMENT_NODE) morph(found, wanted);
    else if (found.nodeValue !== wanted.nodeValue) found.nodeValue = wanted.nodeValue;
  }
  while (here) {
    const gone = here;
    here = here.nextSibling;
    gone.remove();
  }
}

function alike(a, b) {
  return a.nodeType === b.nodeType && a.nodeName === b.nodeName && key(a) === key(b);
}

function key(node) {
  return node.dataset?.key;
}
