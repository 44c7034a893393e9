/** Slots: the champion of each region, how it came to be, and the versions with their servers. */

import { need, peek, urls } from '../api.js';
import { h } from '../dom.js';
import { duration, plural } from '../format.js';
import { choose } from '../part/actions.js';
import { digest, fact, icon, moment, section, table } from '../part/pieces.js';
import { empty, ready } from '../part/states.js';
import { trail } from '../part/trail.js';

const slots = () => peek(urls.slots).value ?? [];
const history = (slot) => urls.auditOf(`slot/${slot}`, 200);

export const models = {
  title: () => 'Models',
  needs: () => [need(urls.slots), ...slots().flatMap(({ name }) => [need(urls.versions(name)), need(history(name))])],
  draw: () => [
    h('div.page-head', h('h1', 'Models')),
    ready(peek(urls.slots), 'The slots', (list) =>
      list.length
        ? list.map(slotSection)
        : empty(
            'No slots yet',
            'A slot is a model name that services call. It is made from a document:',
            h('code', './ringside slots apply -f slot.yaml'),
          ),
    ),
  ],
};

function slotSection(slot) {
  const versions = peek(urls.versions(slot.name));
  return h(
    'section.panel.slot',
    { 'data-key': slot.name, 'data-testid': `slot-${slot.name}` },
    h(
      'header.panel-head',
      h('h2', slot.name),
      h(
        'p.panel-line',
        `units: ${slot.unit_type}, region: the request's ${slot.segment_attribute}, deadline ${duration(slot.deadline)}`,
      ),
    ),
    h(
      'dl.facts',
      fact('Default champion', slot.default_champion ?? 'none until a version is registered'),
      fact('Takes', tensors(slot.signature?.inputs)),
      ...(slot.features ? [fact('From Redis', features(slot.features))] : []),
      fact('Gives', tensors(slot.signature?.outputs)),
      ...(slot.limits ? [fact('At most', limits(slot.limits))] : []),
      ...(slot.cache ? [fact('Answers again', `within ${slot.cache.ttl}, to who asks the same`)] : []),
    ),
    section('Champions', {}, champions(slot, versions.value ?? [])),
    section(
      'Versions',
      {},
      ready(versions, 'The versions', (list) =>
        list.length ? versionTable(list) : h('p.quiet', 'No version is registered.'),
      ),
    ),
    section(
      'What was done',
      {},
      ready(peek(history(slot.name)), 'The audit trail', (entries) => trail(entries)),
    ),
  );
}

const tensors = (list) => (list ?? []).map((tensor) => `${tensor.name} ${tensor.datatype}`).join(', ') || '–';

const features = (source) => `${source.fields.join(', ')}, under ${source.key}, within ${source.budget}`;

const limits = (limit) =>
  `${limit.requests_per_second} requests a second${limit.by === 'key' ? ' of each API key' : ''}, ${limit.burst} at once`;

/** The pointer that regions without one of their own follow. */
const DEFAULT = '*';

function champions(slot, versions) {
  const heads = ['Region', 'Champion', 'Since', 'History', 'Change'].map((label) => ({ label }));
  const row = (segment) => {
    const own = segment === DEFAULT ? slot.default_champion : slot.champions?.[segment];
    const current = own ?? slot.default_champion;
    const moves = pointerMoves(slot.name, segment);
    const cells = [
      segment === DEFAULT ? 'By default' : segment,
      h(
        'span',
        { 'data-testid': `champion-${slot.name}-${segment}`, 'data-value': current },
        current ?? 'none',
        own || !current ? null : h('span.quiet', ' (default)'),
      ),
      moves.length ? since(moves[0]) : '–',
      pointerHistory(moves),
      h('div.verbs', change(slot, segment, current, versions, moves.length > (segment === DEFAULT ? 1 : 0))),
    ];
    return Object.assign(cells, { key: segment });
  };
  return table(`Champions of ${slot.name}`, heads, [DEFAULT, ...(slot.segments ?? [])].map(row));
}

/** Each time that a pointer moved, the newest first, as the audit trail says. */
function pointerMoves(slot, segment) {
  return (peek(history(slot)).value ?? []).filter(
    (entry) => entry.action.startsWith('champion.') && entry.detail?.segment === segment,
  );
}

const since = ({ at }) => moment(at, { short: true }) ?? h('span.quiet', 'before the clock was set');

function pointerHistory(moves) {
  if (!moves.length) return '–';
  return h(
    'details',
    h('summary', plural(moves.length, 'change')),
    h(
      'ol.plain',
      moves.map((move) =>
        h(
          'li',
          since(move),
          ` ${move.detail.before || 'none'} → ${move.detail.after}, ${move.actor}`,
        ),
      ),
    ),
  );
}

function change(slot, segment, current, versions, moved) {
  const names = versions
    .filter((version) => version.ready && version.version !== current)
    .map((version) => version.version);
  const where = segment === DEFAULT ? 'regions without a champion of their own' : segment;
  const common = { segment: segment === DEFAULT ? null : segment };
  return [
    names.length > 0 &&
      choose('Change', {
        ...common,
        verb: 'champion',
        testid: `change-champion-${slot.name}-${segment}`,
        url: urls.champion(slot.name),
        expected: current,
        title: `Change the champion of ${slot.name}, ${where}`,
        consequence: `All units of ${where} that are in no experiment get this version. An experiment that runs there opens its next epoch.`,
        choices: { name: 'version', label: 'Version', required: true, options: names },
      }),
    moved &&
      choose('Roll back', {
        ...common,
        verb: 'roll-back',
        testid: `roll-back-champion-${slot.name}-${segment}`,
        url: urls.rollBack(slot.name),
        title: `Roll back ${slot.name}, ${where}`,
        consequence: `An earlier champion serves ${where} again at once.`,
        choices: { name: 'to', label: 'To', none: 'the champion before', options: ['', ...names] },
      }),
  ];
}

function versionTable(versions) {
  const heads = ['Version', 'Ready', 'Champion of', 'Scores', 'Trained from', 'Digest', 'Registered'].map((label) => ({
    label,
  }));
  const rows = versions.map((version) => {
    const cells = [
      version.description ? [version.version, h('p.status-note', version.description)] : version.version,
      readiness(version),
      (version.champion_of ?? []).join(', ') || '–',
      metrics(version.metrics),
      origin(version),
      digest(version.sha256),
      registered(version),
    ];
    return Object.assign(cells, { key: version.version });
  });
  return table('Versions', heads, rows);
}

function readiness({ slot, version, ready, servers, refused }) {
  if (refused?.length) return refusal(slot, version, refused);
  const list = servers ?? [];
  const up = list.filter((server) => server.ready).length;
  return h(
    'div.readiness',
    { 'data-testid': `ready-${slot}-${version}`, 'data-value': String(ready) },
    h(
      'span.check',
      { class: ready ? 'check-good' : 'check-bad' },
      icon(ready ? 'check' : 'cross'),
      ready ? 'ready' : 'not ready',
    ),
    h('span.quiet', ` ${up} of ${list.length} servers`),
    list
      .filter((server) => !server.ready)
      .map((server) => h('p.status-note', `${server.id}: ${server.reason ?? 'not ready'}`)),
  );
}

/** What the gates of its training said against it: it was tried, and never serves. */
function refusal(slot, version, gates) {
  return h(
    'div.readiness',
    { 'data-testid': `ready-${slot}-${version}`, 'data-value': 'refused' },
    h('span.check.check-bad', icon('cross'), 'refused'),
    gates.map(({ gate, reason }) => h('p.status-note', reason ? `${gate}: ${reason}` : gate)),
  );
}

/** The scores that sum a version up: of the test part, whole, not by region and not counts. */
function metrics(scores) {
  const all = Object.entries(scores ?? {});
  if (!all.length) return '–';
  const test = all.filter(([name, value]) => /^test_[^/]+$/.test(name) && !Number.isInteger(value));
  const chief = (test.length ? test : all).slice(0, 3);
  return [
    scoreList(chief),
    all.length > chief.length && h('details', h('summary', `all ${all.length}`), scoreList(all)),
  ];
}

function scoreList(scores) {
  const item = ([name, value]) => h('li', `${name} `, h('span.figure', Number(Number(value).toPrecision(4))));
  return h('ul.plain', scores.map(item));
}

function origin({ lineage, seed }) {
  if (!lineage) return h('span.quiet', 'not trained here');
  return h(
    'details',
    h('summary', lineage.parent ? `fine-tuned from ${lineage.parent}` : 'data and configuration'),
    h(
      'p',
      'Data ',
      digest(lineage.data_sha256),
      Number.isFinite(seed) && `, seed ${seed}`,
      lineage.software && `, ${lineage.software}`,
    ),
    h('pre', lineage.configuration),
  );
}

const registered = ({ registered_at: at, registered_by: by }) => [
  moment(at, { short: true }),
  by && h('span.quiet', ` by ${by}`),
];
