/** The tables of a region: arms, KPIs, looks, and the rows behind its plot. */

import { urls } from '../api.js';
import { h } from '../dom.js';
import { count, difference, interval, mean, percent, plural } from '../format.js';
import { primaryOf } from './forest.js';
import { digest, figure, moment, table, term } from './pieces.js';
import { rowText } from './plot-data.js';

const definition = (view, name) => (view.kpis ?? []).find((kpi) => kpi.name === name) ?? null;
const numeric = (label, content) => ({ label, content, numeric: true });

/** Arms with their units and means. */
export function armTable(view, region) {
  const id = `${view.name}-${region.segment}`;
  const names = (view.kpis ?? []).map((kpi) => kpi.name);
  const heads = [
    { label: 'Arm' },
    { label: 'Version' },
    numeric('Exposed', term('exposed', 'Exposed')),
    numeric('Closed', term('closed', 'Closed')),
    { label: 'Closed share', content: term('closed_share', 'Closed share') },
    ...names.map((name) => numeric(name)),
    numeric('Crossed', term('crossed', 'Crossed')),
    numeric('Fell back', term('fell_back', 'Fell back')),
  ];
  const rows = region.arms.map((arm, i) => {
    const share = arm.exposed ? arm.closed_units / arm.exposed : null;
    const tone = i === 0 ? 'champion' : 'challenger';
    const cells = [
      h('span', { class: `arm-${tone}` }, arm.variant),
      arm.version,
      figure(`exposed-${id}-${arm.variant}`, arm.exposed, count(arm.exposed)),
      figure(`closed-${id}-${arm.variant}`, arm.closed_units, count(arm.closed_units)),
      h(
        'div.closed-share',
        h('span.meter', { 'aria-hidden': 'true' }, h(`span.meter-fill.fill-${tone}`, { style: `width:${(share ?? 0) * 100}%` })),
        figure(`closed-share-${id}-${arm.variant}`, share, percent(share)),
      ),
      ...names.map((name) => {
        const found = (arm.kpis ?? []).find((kpi) => kpi.kpi === name);
        return figure(`mean-${id}-${arm.variant}-${name}`, found?.mean, mean(found?.mean, definition(view, name)));
      }),
      figure(`crossed-${id}-${arm.variant}`, arm.crossed, count(arm.crossed)),
      figure(`fell-back-${id}-${arm.variant}`, arm.fell_back, count(arm.fell_back)),
    ];
    return Object.assign(cells, { key: arm.variant });
  });
  return table(`Arms in ${region.segment}`, heads, rows);
}

/** Differences of all KPIs. */
export function kpiTable(view, region) {
  if (!region.kpis?.length) return h('p.quiet', 'No KPI has closed units yet.');
  const heads = [
    { label: 'KPI' },
    { label: 'Role' },
    numeric('Difference', term('difference', 'Difference')),
    numeric('Interval', term('interval', 'Interval')),
    { label: 'Kind' },
    numeric('Information', term('information', 'Information')),
    { label: 'As of' },
  ];
  const rows = region.kpis.map((found) => {
    const kpi = definition(view, found.kpi);
    const name = `${view.name}-${region.segment}-${found.kpi}`;
    const cells = [
      found.kpi,
      term(found.role, found.role),
      figure(`difference-${name}`, found.difference, difference(found.difference, kpi)),
      h(
        'span',
        { 'data-testid': `interval-${name}`, 'data-lower': found.lower, 'data-upper': found.upper, 'data-value': found.interval },
        interval(found.lower, found.upper, kpi),
      ),
      found.interval ? term(found.interval, found.interval) : h('span.quiet', 'not tested yet'),
      percent(found.information_fraction),
      moment(found.as_of) ?? '–',
    ];
    return Object.assign(cells, { key: found.kpi });
  });
  return table(`KPIs in ${region.segment}`, heads, rows);
}

/** Looks, the newest first. */
export function lookTable(view, looks) {
  const kpi = primaryOf(view);
  const heads = [
    { label: 'At' },
    { label: 'Look' },
    { label: 'Verdict' },
    numeric('Difference'),
    numeric('Interval'),
    numeric('Information'),
    { label: 'Evidence' },
  ];
  const rows = [...looks]
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at))
    .map((look) => {
      const cells = [
        moment(look.at),
        look.kind ?? '–',
        (look.verdict ?? '–').replaceAll('_', ' '),
        difference(look.difference, kpi),
        interval(look.lower, look.upper, kpi),
        percent(look.information_fraction),
        digest(look.evidence_digest) ?? '–',
      ];
      return Object.assign(cells, { key: String(look.id ?? look.at) });
    });
  return table('Looks', heads, rows);
}

/** The plot in numbers. */
export function seriesTable(view, region, series) {
  const kpi = primaryOf(view);
  const heads = [
    { label: 'Event time' },
    numeric('Difference'),
    numeric('Interval'),
    ...Object.keys(series[0].units ?? {}).map((variant) => numeric(`Closed, ${variant}`)),
  ];
  return h(
    'details.series',
    h('summary', `${plural(series.length, 'point')} in numbers`),
    h('p', h('a', { href: urls.series(view.name, region.segment) }, 'As JSON')),
    table('Points of the plot', heads, [...series].reverse().map((row) => Object.assign(rowText(row, kpi), { key: row.at }))),
  );
}
