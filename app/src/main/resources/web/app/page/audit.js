/** The audit trail, searched as you type. */

import { need, peek, urls } from '../api.js';
import { h } from '../dom.js';
import { plural } from '../format.js';
import { ready } from '../part/states.js';
import { searchable, trail } from '../part/trail.js';

const PAGE = 200;
let filter = '';
let limit = PAGE;

export const audit = {
  title: () => 'Audit',
  needs: () => [need(urls.audit(limit))],
  draw: () => [
    h('div.page-head', h('h1', 'Audit')),
    h('p.lead', 'Everything that changed: who, what, when and why. Entries are only ever added.'),
    h(
      'label.search',
      h('span', 'Filter'),
      h('input', {
        type: 'search',
        'data-input': 'filter',
        value: filter,
        'data-testid': 'audit-filter',
        placeholder: 'PDX roll back',
        autocomplete: 'off',
        spellcheck: 'false',
      }),
    ),
    ready(entry(), 'The audit trail', list),
  ],
};

/** While more is being read, what is known already stays. */
function entry() {
  const now = peek(urls.audit(limit));
  return now.value || now.error || limit === PAGE ? now : peek(urls.audit(limit - PAGE));
}

function list(entries) {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = entries.filter((candidate) => words.every((word) => searchable(candidate).includes(word)));
  return [
    h(
      'p.quiet',
      { role: 'status' },
      words.length ? `${shown.length} of ${plural(entries.length, 'entry').replace('entrys', 'entries')} match.` : '',
    ),
    trail(shown, { nothing: words.length ? `Nothing matches “${filter}”.` : 'Nothing has happened yet.' }),
    entries.length >= limit && h('p', h('button.button', { type: 'button', 'data-do': 'older' }, 'Read older entries')),
  ];
}

/** Narrows what is shown. */
export function setFilter(text) {
  filter = text;
}

/** Asks for more. */
export function older() {
  limit += PAGE;
}
