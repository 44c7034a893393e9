/** What stands where there is nothing to show: loading, empty, failed. */

import { h } from '../dom.js';
import { icon } from './pieces.js';

/** Grey bars while the first answer is on its way. */
export function loading(what) {
  return h(
    'div.skeleton',
    { role: 'status', 'aria-label': `Loading ${what}` },
    [62, 100, 100, 84].map((width) => h('span', { style: `width:${width}%` })),
  );
}

/** Nothing here, and why that is so. */
export function empty(title, ...text) {
  return h('div.state', h('p.state-title', title), ...text.map((line) => h('p', line)));
}

/** The server's own words, and a way to try again. */
export function failed(what, error) {
  return h(
    'div.state.state-failed',
    { role: 'alert', 'data-testid': 'error' },
    h('p.state-title', icon('warning'), `${what} could not be read`),
    h('p', error.message),
    h('p', h('button.button', { type: 'button', 'data-do': 'refresh' }, 'Try again')),
  );
}

/**
 * The content once there is any; until then, why not.
 *
 * @param title the page's heading, where the content would have brought it
 */
export function ready(entry, what, content, title = null) {
  if (entry.value !== undefined) return content(entry.value);
  const heading = title && h('h1', title);
  return [heading, entry.error ? failed(what, entry.error) : loading(what.toLowerCase())];
}
