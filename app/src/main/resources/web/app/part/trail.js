/** The audit trail as a list: when, who, what, to what, why. */

import { h } from '../dom.js';
import { clock, shortDay, when } from '../format.js';
import { links } from '../api.js';
import { moment } from './pieces.js';

/** The entries; the newest first. */
export function trail(entries, { nothing = 'Nothing has happened yet.' } = {}) {
  if (!entries.length) return h('p.quiet', nothing);
  return h('ol.trail', entries.map(line));
}

function line(entry) {
  return h(
    'li',
    { 'data-key': `audit-${entry.id}`, 'data-testid': `audit-${entry.id}` },
    h('div.trail-when', entry.at ? moment(entry.at) : h('span.quiet', 'before the clock was set'), wall(entry)),
    h(
      'div.trail-what',
      h('strong', words(entry.action)),
      ' ',
      subject(entry.subject),
      !entry.subject.endsWith(`/${entry.actor}`) &&
        h(
          'span.trail-who',
          ' by ',
          entry.actor,
          entry.verified ? null : h('span.quiet', { title: 'The name was given, not proven' }, ' (unverified)'),
        ),
      moved(entry.detail),
      entry.why && h('q.trail-why', entry.why),
      detail(entry.detail),
    ),
  );
}

/** The machine's time, where event time is another. */
function wall({ at, wall_at: wallAt }) {
  if (!wallAt || (at && Math.abs(Date.parse(wallAt) - Date.parse(at)) < 60000)) return null;
  return h('time.trail-wall', { datetime: wallAt, title: wallAt }, `by the wall ${shortDay(wallAt)}, ${clock(wallAt)}`);
}

/** experiment.roll_back as "Experiment roll back". */
function words(action) {
  const text = action.replaceAll(/[._-]/g, ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const ROLES = ['router', 'serving', 'ingest', 'metrics'];

function subject(text) {
  const [kind, name, segment] = text.split('/');
  if (kind === 'version') return h('a', { href: '#/models' }, `${name} ${segment}`);
  if (kind === 'experiment')
    return h(
      'a',
      { href: segment ? links.region(name, segment) : links.experiment(name) },
      [name, segment].filter(Boolean).join(' / '),
    );
  if (kind === 'slot') return h('a', { href: '#/models' }, `slot ${name}`);
  return ROLES.includes(kind) ? h('a', { href: '#/operations' }, name) : text;
}

const spaced = (name) => name.replaceAll('_', ' ');

/** What it was before and what it is now, where both are names. */
function moved(change) {
  const { segment, before, after } = change ?? {};
  if (typeof after !== 'string' || typeof before !== 'string') return null;
  return h(
    'div.trail-moved',
    segment && `${segment === '*' ? 'by default' : segment}: `,
    spaced(before) || 'none',
    ' → ',
    spaced(after),
  );
}

function detail(value) {
  if (!value || typeof value !== 'object' || !Object.keys(value).length) return null;
  return h('details.trail-detail', h('summary', 'Detail'), h('pre', JSON.stringify(value, null, 2)));
}

/** What an entry is searched in: everything that is shown. */
export const searchable = (entry) =>
  [
    entry.actor,
    words(entry.action),
    entry.action,
    entry.subject,
    entry.why,
    entry.at && when(entry.at),
    entry.at,
    JSON.stringify(entry.detail),
  ]
    .filter(Boolean)
    .join(' ')
    .toLowerCase();
