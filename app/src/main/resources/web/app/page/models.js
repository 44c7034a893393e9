/** Slots: the champion of each region, how it came to be, and the versions with their servers. */

import { peek, urls } from '../api.js';
import { h } from '../dom.js';
import { choose } from '../part/actions.js';
import { digest, fact, icon, moment, section, table } from '../part/pieces.js';
import { empty, ready } from '../part/states.js';
import { trail } from '../part/trail.js';

const slots = () => peek(urls.slots).value ?? [];
const history = (slot) => urls.auditOf(`slot/${slot}`, 100);

export const models = {
  title: () => 'Models',
  needs: () => [urls.slots, ...slots().flatMap(({ name }) => [urls.versions(name), history(name)])],
  draw: () => [
    h('div.page-head', h('h1', 'Models')),
    ready(peek(urls.slots), 'The slots', (list) =>
      list.length
        ? list.map(slotSection)
        : empty('No slots yet', 'A slot is a model name that services call. It is made from a document:', h('code', './ringside models apply -f slot.yaml')),
    ),
  ],
};

function slotSection(slot) {
  const versions = peek(urls.versions(slot.name));
  return h(
    'section.panel.slot',
    { 'data-key': slot.name, 'data-testid': `slot-${slot.name}` },
    h('header.panel-head', h('h2', slot.name), h('p.panel-line', `unit ${slot.unit_type}, regions by ${slot.segment_attribute}, deadline ${slot.deadline}`)),
    h('dl.facts', fact('Default champion', slot.default_champion ?? 'none until a version is registered'), fact('Takes', tensors(slot.signature?.inputs)), fact('Gives', tensors(slot.signature?.outputs))),
    section('Champions', {}, champions(slot, versions.value ?? [])),
    section('Versions', {}, ready(versions, 'The versions', (list) => (list.length ? versionTable(list) : h('p.quiet', 'No version is registered.')))),
    section('What was done', {}, ready(peek(history(slot.name)), 'The audit trail', (entries) => trail(entries))),
  );
}

const tensors = (list) => (list ?? []).map((tensor) => `${tensor.name} ${tensor.datatype}`).join(', ') || '–';

function champions(slot, versions) {
  const heads = ['Region', 'Champion', 'Since', 'Change'].map((label) => ({ label }));
  const rows = (slot.segments ?? []).map((segment) => {
    const own = slot.champions?.[segment];
    const current = own ?? slot.default_champion;
    const cells = [
      segment,
      h('span', { 'data-testid': `champion-${slot.name}-${segment}`, 'data-value': current }, current ?? 'none', own ? null : h('span.quiet', ' (default)')),
      since(slot.name, segment) ?? h('span.quiet', 'the beginning'),
      h('div.verbs', change(slot, segment, current, versions)),
    ];
    return Object.assign(cells, { key: segment });
  });
  return table(`Champions of ${slot.name}`, heads, rows);
}

/** When the pointer of a region last moved, as the audit trail says. */
function since(slot, segment) {
  const moves = (peek(history(slot)).value ?? []).filter((entry) => entry.subject === `slot/${slot}/${segment}`);
  return moves.length ? moment(moves[0].at, { short: true }) : null;
}

function change(slot, segment, current, versions) {
  const names = versions.filter((version) => version.ready && version.version !== current).map((version) => version.version);
  const common = { segment, expected: current, consequence: `All units in ${segment} that take part in no experiment get this version. A running experiment there opens its next epoch.` };
  return [
    names.length > 0 &&
      choose('Change', {
        ...common,
        verb: 'champion',
        url: urls.champion(slot.name),
        title: `Set the champion of ${slot.name} in ${segment}`,
        choices: { name: 'version', label: 'Version', required: true, options: names },
        testid: `set-champion-${slot.name}-${segment}`,
      }),
    slot.champions?.[segment] &&
      choose('Roll back', {
        segment,
        verb: 'roll-back',
        url: urls.rollBack(slot.name),
        title: `Roll back ${slot.name} in ${segment}`,
        consequence: `An earlier champion serves ${segment} again at once.`,
        choices: { name: 'to', label: 'To', none: 'the champion before', options: ['', ...names] },
        testid: `roll-back-${slot.name}-${segment}`,
      }),
  ];
}

function versionTable(versions) {
  const heads = ['Version', 'Ready', 'Champion of', 'Scores', 'Trained from', 'Digest', 'Registered'].map((label) => ({ label }));
  const rows = versions.map((version) => {
    const cells = [version.version, readiness(version), (version.champion_of ?? []).join(', ') || '–', metrics(version.metrics), origin(version), digest(version.sha256), registered(version)];
    return Object.assign(cells, { key: version.version });
  });
  return table('Versions', heads, rows);
}

function readiness({ slot, version, ready, servers }) {
  const list = servers ?? [];
  const up = list.filter((server) => server.ready).length;
  return h(
    'div.readiness',
    { 'data-testid': `ready-${slot}-${version}`, 'data-value': String(ready) },
    h('span.check', { class: ready ? 'check-good' : 'check-bad' }, icon(ready ? 'check' : 'cross'), ready ? 'ready' : 'not ready'),
    h('span.quiet', ` ${up} of ${list.length} servers`),
    list.filter((server) => !server.ready).map((server) => h('p.status-note', `${server.id}: ${server.reason ?? 'not ready'}`)),
  );
}

function metrics(scores) {
  const entries = Object.entries(scores ?? {});
  if (!entries.length) return '–';
  return h('ul.plain', entries.map(([name, value]) => h('li', `${name} `, h('span.figure', Number(Number(value).toPrecision(4))))));
}

function origin({ lineage, seed }) {
  if (!lineage) return h('span.quiet', 'not trained here');
  return h(
    'details',
    h('summary', lineage.parent ? `fine-tuned from ${lineage.parent}` : 'data and configuration'),
    h('p', 'Data ', digest(lineage.data_sha256), seed === undefined ? null : `, seed ${seed}`, lineage.software && `, ${lineage.software}`),
    h('pre', lineage.configuration),
  );
}

const registered = ({ registered_at: at, registered_by: by }) => [moment(at, { short: true }), by && h('span.quiet', ` by ${by}`)];
