/** The clock and horizon, the processes, the books. */

import { need, peek, urls } from '../api.js';
import { h } from '../dom.js';
import { ago, bytes, count, plural, when } from '../format.js';
import { fact, figure, icon, moment, section, table, term } from '../part/pieces.js';
import { empty, ready } from '../part/states.js';

/** Marks come each second, so a horizon this close to the clock is as it should be; milliseconds. */
const PROMPT = 5000;

export const operations = {
  title: () => 'Operations',
  needs: () => [need(urls.clock), need(urls.fleet), need(urls.books), need(urls.standstills)],
  draw: () => [
    h('div.page-head', h('h1', 'Operations')),
    standstills(peek(urls.standstills).value, peek(urls.fleet).value),
    section('Time', { class: 'panel' }, ready(peek(urls.clock), 'The clock', time)),
    section(
      'Processes',
      { class: 'panel' },
      ready(peek(urls.fleet), 'The fleet', (fleet) => processes(fleet)),
    ),
    section('Books', { class: 'panel' }, ready(peek(urls.books), 'The books', books)),
  ],
};

/** What does not go on, here or in another process, and why; and what was passed over. */
function standstills(found, fleet) {
  if (!found) return null;
  const passed = Object.entries(found.passed_over ?? {}).filter(([, n]) => n > 0);
  const place = ({ topic, partition, offset }) => [topic, partition, offset].join('/');
  const here = (found.standstills ?? []).map(place);
  const elsewhere = (fleet ?? [])
    .filter(({ live }) => live)
    .flatMap(({ id, standstills: standing = [] }) => standing.map((one) => ({ ...one, id })))
    .filter((one) => !here.includes(place(one)));
  const standing = [...(found.standstills ?? []), ...elsewhere].map(({ id, topic, partition, offset, reason, since }) => [
    id && `${id}: `,
    h('strong', [topic, partition !== undefined && `/${partition}`, offset !== undefined && ` at ${offset}`]),
    ' since ',
    moment(since),
    `: ${reason}`,
  ]);
  const lines = [
    ...standing,
    ...(found.not_ready ?? []),
    ...passed.map(([topic, n]) => `${topic}: ${plural(n, 'record')} could not be read and were passed over`),
  ];
  if (!lines.length) return null;
  return h(
    'section.attention',
    { 'aria-label': 'Stands still', 'data-testid': 'standstills' },
    h('h2', icon('warning'), 'Stands still'),
    h('ul', lines.map((line) => h('li', line))),
  );
}

function time(clock) {
  const { horizon } = clock;
  const behind = Date.parse(clock.time) - Date.parse(horizon);
  const late = behind > PROMPT ? behind : 0;
  return [
    h(
      'dl.facts',
      fact(
        'Clock',
        clock.time ? moment(clock.time, { testid: 'clock' }) : 'not set yet',
        clock.clock === 'wall' ? h('span.quiet', ' wall clock') : null,
      ),
      fact(
        term('horizon', 'Horizon'),
        horizon ? moment(horizon, { testid: 'horizon' }) : 'nothing counted yet',
        late > 0 && h('span.quiet', ` ${ago(late)} behind`),
      ),
    ),
    writers(clock.writers, late > 0 ? horizon : null),
  ];
}

/**
 * Who has promised what; the least promise of the open writers is the horizon.
 *
 * @param held the horizon if it is behind the clock, else null
 */
function writers(list, held) {
  if (!list?.length) return null;
  const heads = ['Writer', 'Role', 'Complete up to', 'Effect on the horizon'].map((label) => ({ label }));
  const rows = [...list]
    .sort((a, b) => b.open - a.open || (a.through ?? '').localeCompare(b.through ?? ''))
    .map((writer) => {
      const holds = held !== null && (!writer.through || writer.through === held);
      const effect = !writer.open
        ? 'closed'
        : writer.left_out
          ? 'left out: too far behind'
          : holds
            ? h('strong.warn', 'holds it back')
            : 'up to date';
      return Object.assign([writer.writer, writer.role, moment(writer.through) ?? 'nothing yet', effect], {
        key: writer.writer,
      });
    });
  return table('Writers', heads, rows);
}

function processes(fleet) {
  const newest = Math.max(0, ...fleet.map((report) => report.routing_version ?? 0));
  if (!fleet.length)
    return empty('No process has reported', 'Routers, servers and ingest report each second once they run.');
  const heads = [
    { label: 'Process' },
    { label: 'Role' },
    { label: 'State' },
    { label: 'Routing', numeric: true },
    { label: 'Clock' },
    { label: 'Spool', content: term('spool', 'Spool') },
    { label: 'Forced', content: term('break_glass', 'Forced') },
    { label: 'Models and counts' },
  ];
  const rows = fleet.map((report) => {
    const behind = newest - (report.routing_version ?? 0);
    const cells = [
      report.id,
      report.role,
      life(report),
      h(
        'span',
        count(report.routing_version),
        behind > 0 && ['router', 'serving'].includes(report.role) ? h('span.warn', ` ${behind} behind`) : null,
      ),
      report.clock ? moment(report.clock) : '–',
      spool(report.spool),
      report.break_glass?.length ? h('span.warn', report.break_glass.join(', ')) : '–',
      details(report),
    ];
    return Object.assign(cells, { key: report.id });
  });
  return table('Processes', heads, rows);
}

function life(report) {
  const [good, text] = report.stopped
    ? [null, 'stopped']
    : report.live === false
      ? [false, `silent for ${ago(Date.now() - Date.parse(report.at))}`]
      : [true, 'running'];
  const tone = good === null ? 'quiet' : good ? 'check-good' : 'check-bad';
  return [
    h(
      'span.check',
      { class: tone, 'data-testid': `process-${report.id}`, 'data-value': text },
      good !== null && icon(good ? 'check' : 'cross'),
      text,
    ),
    h('div.quiet', `boot ${report.boot}`),
  ];
}

function spool(state) {
  if (!state) return '–';
  return [
    h('span', `${count(state.pending)} waiting, ${bytes(state.bytes)}`),
    state.full && h('span.warn', ' full: no experiments'),
  ];
}

function details({ versions, counters }) {
  const loaded = versions ?? [];
  const failed = loaded.filter((version) => !version.ready);
  const counts = Object.entries(counters ?? {}).map(([name, n]) => `${name} ${count(n)}`);
  if (!loaded.length && !counts.length) return '–';
  return [
    loaded.length > 0 && h('span', `${plural(loaded.length - failed.length, 'model')} ready`),
    failed.map((version) =>
      h('p.status-note.warn', `${version.slot} ${version.version}: ${version.reason ?? 'not ready'}`),
    ),
    counts.length > 0 && h('span', counts.join(', ')),
  ];
}

const CLASSES = ['counted', 'outside', 'late', 'unmatched', 'duplicates', 'superseded', 'pending'];

function books(found) {
  const outcomes = found.outcomes ?? {};
  const total = CLASSES.reduce((sum, name) => sum + (outcomes[name] ?? 0), 0);
  const entry = (name, value, label) =>
    h('div.book', h('dt', label), h('dd', figure(`books-${name}`, value, count(value))));
  return [
    h(
      'p.quiet',
      found.horizon
        ? `Up to ${when(found.horizon)}. Each outcome is in exactly one class.`
        : 'Nothing has been counted yet.',
    ),
    h(
      'dl.books',
      entry('predictions', found.predictions ?? 0, 'Predictions logged'),
      entry('repeated', found.repeated_predictions ?? 0, 'Repeats dropped'),
      entry('refused', found.refused ?? 0, 'Refused'),
      entry('outcomes', total, 'Outcomes accepted'),
      CLASSES.map((name) => entry(name, outcomes[name] ?? 0, term(name, name))),
    ),
    unknown(found.unknown_outcomes),
  ];
}

/** Outcomes that nothing reads: often a KPI's, misspelt. */
function unknown(names) {
  if (!names?.length) return null;
  const heads = [{ label: 'Name that no KPI reads' }, { label: 'Outcomes', numeric: true }, { label: 'Perhaps meant' }];
  const rows = names.map(({ name, count: n, nearest }) =>
    Object.assign([name, figure(`unknown-outcome-${name}`, n, count(n)), nearest ? h('strong', nearest) : '–'], { key: name }),
  );
  return section('Unknown names', { 'data-testid': 'unknown-outcomes' }, table('Outcomes that no KPI reads', heads, rows));
}
