/** All experiments with their regions: the first page. */

import { links, need, peek, urls } from '../api.js';
import { h } from '../dom.js';
import { duration, effect, plural } from '../format.js';
import { effectOf, primaryOf } from '../part/forest.js';
import { icon, stateLabel, term } from '../part/pieces.js';
import { regionTable } from '../part/region-table.js';
import { empty, failed, loading, ready } from '../part/states.js';

const list = () => peek(urls.experiments).value ?? [];

export const overview = {
  title: () => 'Experiments',
  needs: () => [need(urls.experiments), ...list().map(({ name }) => need(urls.experiment(name)))],
  draw: () => {
    const views = list().map(({ name }) => ({ name, ...peek(urls.experiment(name)) }));
    const read = views.filter((view) => view.value).map((view) => view.value);
    return [
      h('div.page-head', h('h1', 'Experiments'), read.length > 0 && h('p.summary', summary(read))),
      ready(peek(urls.experiments), 'The experiments', () =>
        views.length ? [attention(read), order(views).map(panel)] : none(),
      ),
    ];
  },
};

function none() {
  return empty(
    'No experiments yet',
    'A challenger needs a slot, a registered version and a document that says what to compare.',
    h('code', './ringside experiments apply -f experiment.yaml'),
    'Or watch a whole one on real flights:',
    h('code', './ringside demo'),
  );
}

/** Running ones first, then drafts, then what has ended; the newest first within each. */
function order(views) {
  const rank = (view) => ({ running: 0, draft: 1, ended: 2 })[view.value?.state] ?? 0;
  return [...views].sort((a, b) => rank(a) - rank(b));
}

function summary(experiments) {
  const regions = experiments.flatMap((experiment) => experiment.regions ?? []);
  const of = (state) => regions.filter((region) => region.state === state).length;
  const ends = { promoted: 'promoted', rolled_back: 'rolled back', inconclusive: 'inconclusive', stopped: 'stopped' };
  const running = experiments.filter((experiment) => experiment.state === 'running').length;
  return [
    running > 0 ? `${plural(running, 'experiment')} running` : 'No experiment running',
    of('running') > 0 && `${plural(of('running'), 'region')} under test`,
    ...Object.entries(ends).map(([state, words]) => of(state) > 0 && `${of(state)} ${words}`),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** Regions that cannot get a verdict until somebody acts. */
function attention(experiments) {
  const blocked = experiments.flatMap((experiment) =>
    (experiment.regions ?? [])
      .filter((region) => region.state === 'running' && (region.verdict === 'blocked' || region.srm?.alarm))
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
          (region.reasons ?? []).join('; ') || region.verdict_text || 'sample-ratio mismatch',
        ),
      ),
    ),
  );
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
