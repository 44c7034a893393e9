/** All experiments with their regions: the first page. */

import { links, need, peek, urls } from '../api.js';
import { h } from '../dom.js';
import { duration, effect, plural } from '../format.js';
import { effectOf, primaryOf } from '../part/forest.js';
import { icon, moment, section, stateLabel, table, term } from '../part/pieces.js';
import { regionTable, verdictName } from '../part/region-table.js';
import { empty, failed, loading, ready } from '../part/states.js';
import { byHand } from '../words.js';

const list = () => peek(urls.experiments).value ?? [];

/** So many are shown whole; the others are lines, and need no reading of their own. */
const WHOLE = 6;
let wanted = '';

/** Narrows what is shown to names, slots and versions with these words. */
export function search(text) {
  wanted = text;
}

export const overview = {
  title: () => 'Experiments',
  needs: () => [need(urls.experiments), ...whole().map(({ name }) => need(urls.experiment(name)))],
  draw: () => {
    const all = list();
    return [
      h('div.page-head', h('h1', 'Experiments'), all.length > 0 && h('p.summary', summary(all))),
      ready(peek(urls.experiments), 'The experiments', () => (all.length ? filled(all) : none())),
    ];
  },
};

function filled(all) {
  const shown = found();
  const views = whole().map(({ name }) => ({ name, ...peek(urls.experiment(name)) }));
  const lines = shown.slice(views.length);
  return [
    attention(views.map(({ value }) => value).filter(Boolean)),
    all.length > WHOLE && searchField(all, shown),
    views.map(panel),
    lines.length > 0 && others(lines),
  ];
}

/** What the words in the search field name, in the order of the page. */
function found() {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  const text = ({ name, slot, state, arms }) => [name, slot, state, ...arms.map((arm) => arm.version)].join(' ').toLowerCase();
  return order(list()).filter((experiment) => words.every((word) => text(experiment).includes(word)));
}

const whole = () => found().slice(0, WHOLE);

function searchField(all, shown) {
  return h(
    'label.search',
    h('span', 'Search'),
    h('input', {
      type: 'search',
      'data-input': 'search',
      'data-testid': 'experiment-search',
      value: wanted,
      placeholder: 'name, slot, version or state',
      autocomplete: 'off',
      spellcheck: 'false',
    }),
    h('span.quiet', { role: 'status' }, wanted ? `${shown.length} of ${all.length} match` : ''),
  );
}

/** Experiments of which a line is enough. */
function others(experiments) {
  const heads = ['Experiment', 'State', 'Slot', 'Challenger', 'Regions', 'Started'].map((label) => ({ label }));
  const rows = experiments.map((experiment) =>
    Object.assign(
      [
        h('a', { href: links.experiment(experiment.name) }, experiment.name),
        stateLabel(experiment),
        experiment.slot,
        experiment.arms.at(-1)?.version,
        h(
          'span.signs',
          experiment.regions.map((region) => h('span.sign-of', region.segment, ' ', verdictName(region, { signOnly: true }))),
        ),
        moment(experiment.started_at, { short: true }) ?? 'not yet',
      ],
      { key: experiment.name },
    ),
  );
  return section('More experiments', { class: 'panel' }, table('More experiments', heads, rows));
}

function none() {
  return empty(
    'No experiments yet',
    'A challenger needs a slot, a registered version and a document that says what to compare.',
    h('code', './ringside experiments apply -f experiment.yaml --why "…"'),
    'Or watch a whole one on real flights:',
    h('code', './ringside demo'),
  );
}

/** Running ones first, then drafts, then what has ended; the newest first within each. */
function order(experiments) {
  const rank = ({ state }) => ({ running: 0, draft: 1, ended: 2 })[state] ?? 0;
  const newest = (a, b) => (b.created_at ?? '').localeCompare(a.created_at ?? '');
  return [...experiments].sort((a, b) => rank(a) - rank(b) || newest(a, b));
}

/** What was proven and what somebody wanted are counted apart. */
function summary(experiments) {
  const regions = experiments.flatMap((experiment) => experiment.regions ?? []);
  const of = (state, hand = null) =>
    regions.filter((region) => region.state === state && (hand === null || byHand(region) === hand)).length;
  const running = experiments.filter((experiment) => experiment.state === 'running').length;
  const counts = [
    [of('running'), 'under test'],
    [of('paused'), 'paused'],
    [of('promoted', false), 'promoted on proof'],
    [of('promoted', true), 'promoted by hand'],
    [of('rolled_back', false), 'rolled back on proof'],
    [of('rolled_back', true), 'rolled back by hand'],
    [of('superseded'), 'with another champion since'],
    [of('inconclusive'), 'inconclusive'],
    [of('stopped'), 'stopped'],
  ];
  return [
    running > 0 ? `${plural(running, 'experiment')} running` : 'No experiment running',
    ...counts.filter(([n]) => n > 0).map(([n, words], i) => (i === 0 ? `${plural(n, 'region')} ${words}` : `${n} ${words}`)),
  ].join(' · ');
}

/** Regions that cannot get a verdict until somebody acts. */
function attention(experiments) {
  const blocked = experiments.flatMap((experiment) =>
    (experiment.regions ?? [])
      .filter(
        (region) =>
          region.state === 'paused' ||
          region.warnings?.length ||
          (region.state === 'running' && (region.verdict === 'blocked' || region.srm?.alarm)),
      )
      .map((region) => ({ experiment, region })),
  );
  if (!blocked.length) return null;
  return h(
    'section.attention',
    { 'aria-label': 'Needs a look' },
    h('h2', icon('warning'), 'Needs a look'),
    h(
      'ul',
      blocked.map(({ experiment, region }) =>
        h(
          'li',
          h('a', { href: links.region(experiment.name, region.segment) }, `${experiment.name} / ${region.segment}`),
          ': ',
          together([
            ...(region.state === 'paused' ? [region.verdict_text] : (region.reasons ?? [])),
            ...(region.warnings ?? []),
          ]) ||
            region.verdict_text ||
            'sample-ratio mismatch',
        ),
      ),
    ),
  );
}

/** Several sentences as one. */
function together(sentences) {
  return sentences.map((sentence) => sentence.replace(/\.$/, '')).join('; ');
}

function panel({ name, value, error }) {
  const heading = h('h2', h('a', { href: links.experiment(name) }, name));
  if (!value) {
    const body = error ? failed(`Experiment ${name}`, error) : loading(`experiment ${name}`);
    return h('section.panel', { 'data-key': name }, h('header.panel-head', heading), body);
  }
  return h(
    'section.panel',
    { 'data-key': name, 'data-testid': `experiment-${name}`, 'aria-label': `Experiment ${name}` },
    h('header.panel-head', heading, stateLabel(value), h('p.panel-line', line(value))),
    regionTable(value),
  );
}

/** The version that is challenged; it is each region's champion when the region starts, so there may be several. */
function control({ arms, regions }) {
  const versions = new Set([arms?.[0]?.version, ...regions.map((region) => region.arms?.[0]?.version)].filter(Boolean));
  return versions.size === 1 ? [...versions][0] : 'the champion';
}

/** What is compared with what, in a line. */
export function line(experiment) {
  const kpi = primaryOf(experiment);
  const challengers = (experiment.arms ?? []).slice(1);
  return [
    challengers.map((arm) => h('strong.arm-challenger', arm.version)),
    ' against ',
    h('strong.arm-champion', control(experiment)),
    ` in slot ${experiment.slot}`,
    kpi && [
      ', decided by ',
      term('primary', kpi.name),
      ' (',
      term('minimum_effect', 'minimum effect'),
      ` ${effect(effectOf(kpi), kpi)})`,
    ],
    experiment.max_duration && `, at most ${duration(experiment.max_duration)} a region`,
  ];
}
