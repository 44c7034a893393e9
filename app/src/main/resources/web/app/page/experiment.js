/** One experiment: what it compares, its regions, their differences side by side, what was done. */

import { links, need, peek, seriesNeed, urls } from '../api.js';
import { h } from '../dom.js';
import { duration, effect, percent, plural } from '../format.js';
import { verbs } from '../part/actions.js';
import { afterPromotion } from '../part/cohorts.js';
import { effectOf } from '../part/forest.js';
import { crumbs, fact, moment, section, stateLabel, table, term } from '../part/pieces.js';
import { plot } from '../part/plot.js';
import { share, specOf } from '../part/plot-data.js';
import { regionTable, verdictName } from '../part/region-table.js';
import { ready } from '../part/states.js';
import { trail } from '../part/trail.js';
import { line } from './overview.js';

const started = (view) => (view.regions ?? []).filter((region) => region.started_at);
const history = (name) => urls.auditOf(`experiment/${name}`);

export const experiment = {
  title: ([name]) => name,
  needs: ([name]) => {
    const view = peek(urls.experiment(name)).value;
    const series = view ? started(view).map((region) => seriesNeed(name, region)) : [];
    return [need(urls.experiment(name)), need(history(name)), ...series];
  },
  draw: ([name]) => [
    crumbs(['Experiments', '#/'], [name]),
    ready(peek(urls.experiment(name)), `Experiment ${name}`, filled, name),
  ],
};

function filled(view) {
  return [
    h('div.page-head', h('h1', view.name), stateLabel(view), h('div.verbs', verbs(view))),
    h('p.lead', line(view), '.'),
    facts(view),
    section('Regions', { class: 'panel' }, regionTable(view)),
    differences(view),
    promotions(view),
    section('KPIs', {}, kpis(view)),
    section(
      'What was done',
      {},
      ready(peek(history(view.name)), 'The audit trail', (entries) => trail(entries)),
    ),
  ];
}

function facts(view) {
  const total = view.arms.reduce((sum, arm) => sum + arm.weight, 0);
  return h(
    'dl.facts',
    fact('Started', moment(view.started_at) ?? 'not yet'),
    fact(term('coverage', 'Coverage'), coverage(view.coverage)),
    fact('Split', view.arms.map((arm) => `${arm.variant} ${percent(arm.weight / total)}`).join(', ')),
    fact('At most', `${duration(view.max_duration)} a region`),
    fact(
      'Regions',
      `${plural(view.regions.length, 'region')} in ${plural(new Set(view.regions.map((r) => r.wave)).size, 'wave')}`,
    ),
  );
}

/** The API gives a share, or a text such as 100%. */
const coverage = (value) => (typeof value === 'number' ? percent(value) : (value ?? '–'));

function differences(view) {
  const shown = started(view)
    .map((region) => ({ region, series: peek(urls.series(view.name, region.segment)).value }))
    .filter(({ series }) => series?.length);
  if (!shown.length) return null;
  const specs = share(shown.map(({ region, series }) => specOf(view, region, series, { height: 150, small: true })));
  return section(
    'Difference over event time',
    { 'aria-label': 'Difference over event time' },
    h(
      'p.quiet',
      'One scale for all regions. Solid line: no difference. Dashed: ',
      term('minimum_effect', 'minimum effect'),
      '. Grey: days that are still ',
      term('open', 'open'),
      '.',
    ),
    h(
      'div.multiples',
      shown.map(({ region }, i) =>
        h(
          'figure.multiple',
          { 'data-key': `multiple-${region.segment}` },
          h(
            'figcaption',
            h('a', { href: links.region(view.name, region.segment) }, region.segment),
            verdictName(region),
          ),
          plot(`${view.name}/${region.segment}`, { ...specs[i], sync: view.name }),
        ),
      ),
    ),
  );
}

/** The effect that promoted beside the effect since. */
function promotions(view) {
  const after = afterPromotion(view);
  return after && section('After the promotion', {}, after);
}

function kpis(view) {
  const heads = ['KPI', 'Role', 'Per unit', 'Better', 'Smallest effect', 'Outcomes count for'].map((label) => ({
    label,
  }));
  const rows = view.kpis.map((kpi) => [
    kpi.name,
    term(kpi.role, kpi.role),
    perUnit(kpi),
    kpi.role === 'monitor' ? '–' : kpi.direction === 'down' ? 'lower' : 'higher',
    kpi.minimum_effect ? effect(effectOf(kpi), kpi) : kpi.margin ? `margin ${effect(kpi.margin, kpi)}` : '–',
    `${duration(kpi.window)}, received within ${duration(kpi.grace)} more`,
  ]);
  return table(`KPIs of ${view.name}`, heads, rows);
}

function perUnit(kpi) {
  const how = kpi.kind === 'proportion' ? `share with ${kpi.outcome}` : `${kpi.combine} of ${kpi.outcome}`;
  return kpi.missing === 'exclude' ? `${how}; units without one are left out` : `${how}; a unit without one has 0`;
}
