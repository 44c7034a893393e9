/** Small pieces that every page is made of. */

import { h } from '../dom.js';
import { day, when } from '../format.js';
import { status, TERMS } from '../words.js';

const ICONS = {
  up: ['M8 13V3.5', 'M3.8 7.6 8 3.4l4.2 4.2'],
  down: ['M8 3v9.5', 'M3.8 8.4 8 12.6l4.2-4.2'],
  equal: ['M3.5 6h9', 'M3.5 10h9'],
  pause: ['M5.5 3.5v9', 'M10.5 3.5v9'],
  ring: ['M8 3.5a4.5 4.5 0 1 0 4.5 4.5'],
  clock: ['M8 2.8a5.2 5.2 0 1 0 0 10.4A5.2 5.2 0 0 0 8 2.8Z', 'M8 5.3V8l1.9 1.6'],
  square: ['M4.5 4.5h7v7h-7z'],
  check: ['M3.5 8.5 6.7 11.6 12.5 4.8'],
  cross: ['M4.5 4.5l7 7', 'M11.5 4.5l-7 7'],
  hand: ['M8 4.6a2 2 0 1 0 0 .1Z', 'M3.5 13c.5-2.7 2.2-4 4.5-4s4 1.3 4.5 4'],
  theme: ['M8 2.5a5.5 5.5 0 1 0 0 11z', 'M8 2.5a5.5 5.5 0 0 1 0 11'],
  warning: ['M8 2.6 14 13H2L8 2.6Z', 'M8 6.6v3', 'M8 11.3v.1'],
};

/** A drawn sign; the words beside it say the same. */
export function icon(name) {
  return h(
    'svg.icon',
    { viewBox: '0 0 16 16', 'aria-hidden': 'true', focusable: 'false' },
    ICONS[name].map((d) => h('path', { d })),
  );
}

/** A word with an explanation at hover, focus or tap. */
export function term(name, text) {
  return h('button.term', { type: 'button', 'data-term': name, 'aria-describedby': `term-${name}` }, text);
}

/** What the explanations are read from. */
export function glossary() {
  return h(
    'div',
    { hidden: true },
    Object.entries(TERMS).map(([name, text]) => h('p', { id: `term-${name}` }, text)),
  );
}

/** A number that tests and scripts find by its name, with the API's own value. */
export function figure(id, value, text, extra = {}) {
  return h('span.figure', { 'data-testid': id, 'data-value': value, ...extra }, text);
}

/** The status of a region in a word, with its colour and sign. */
export function badge(region) {
  const { label, icon: sign, tone } = status(region);
  return h('span.badge', { class: `tone-${tone}` }, icon(sign), label);
}

/** A sign with its words and colour. */
export const sign = ({ label, icon: name, tone }) => h('span.sign', { class: `tone-${tone}` }, icon(name), label);

/** The state of an experiment. */
export function stateLabel(experiment) {
  const tone = { draft: 'quiet', running: 'running', ended: 'neutral' }[experiment.state] ?? 'quiet';
  const sign = { draft: 'clock', running: 'ring', ended: 'square' }[experiment.state] ?? 'clock';
  const label = { draft: 'Draft', running: 'Running', ended: 'Ended' }[experiment.state] ?? experiment.state;
  const testid = `state-${experiment.name}`;
  return h(
    'span.badge',
    { class: `tone-${tone}`, 'data-testid': testid, 'data-value': experiment.state },
    icon(sign),
    label,
  );
}

/** A moment of event time, exact at hover. */
export function moment(time, { short = false, testid } = {}) {
  if (!time) return null;
  return h(
    'time',
    { datetime: time, title: time, 'data-testid': testid, 'data-value': time },
    short ? day(time) : when(time),
  );
}

/** A digest's beginning; a press copies the whole. */
export function digest(value, testid) {
  if (!value) return null;
  return h(
    'button.digest',
    { type: 'button', 'data-do': 'copy', 'data-copy': value, 'data-testid': testid, 'data-value': value, title: value },
    value.slice(0, 12),
    h('span.unseen', ' copy the whole digest'),
  );
}

/** A label with what it labels. */
export function fact(label, ...content) {
  return h('div.fact', h('dt', label), h('dd', ...content));
}

/** A section with its heading. */
export function section(title, attributes, ...content) {
  return h('section.section', attributes, h('h2', title), ...content);
}

/** Where the reader is. */
export function crumbs(...steps) {
  const items = steps.map(([text, href]) =>
    h('li', href ? h('a', { href }, text) : h('span', { 'aria-current': 'page' }, text)),
  );
  return h('nav.crumbs', { 'aria-label': 'You are here' }, h('ol', items));
}

/** A table that becomes a list of cards on a phone. Cells are `[content, attributes]` or content. */
export function table(caption, heads, rows, attributes = {}) {
  const row = (cells) =>
    h(
      'tr',
      { role: 'row', 'data-key': cells.key, class: cells.tone },
      cells.map((cell, i) => {
        // One box a cell: on a phone its label stands at the left, and all of it at the right.
        const parts = [cell].flat();
        const content = parts.filter(Boolean).length > 1 ? h('div', parts) : parts;
        return i === 0
          ? h('th', { scope: 'row', role: 'rowheader' }, content)
          : h('td', { role: 'cell', class: heads[i].numeric ? 'number' : null, 'data-label': heads[i].label }, content);
      }),
    );
  const whole = h(
    'table.table',
    { role: 'table', ...attributes },
    h('caption.unseen', caption),
    h(
      'thead',
      { role: 'rowgroup' },
      h(
        'tr',
        { role: 'row' },
        heads.map((head) =>
          h(
            'th',
            { scope: 'col', role: 'columnheader', class: head.numeric ? 'number' : null },
            head.content ?? head.label,
          ),
        ),
      ),
    ),
    h('tbody', { role: 'rowgroup' }, rows.map(row)),
  );
  return h('div.table-box', { tabindex: rows.length ? '0' : null, role: 'region', 'aria-label': caption }, whole);
}
