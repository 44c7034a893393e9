/** The tables of a region: arms, KPIs, looks, and the rows behind its plot. */

import { urls } from '../api.js';
import { h } from '../dom.js';
import { count, difference, interval, mean, percent, plural } from '../format.js';
import { isTested, primaryOf } from './forest.js';
import { figure, moment, table, term } from './pieces.js';

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
        h(
          'span.meter',
          { 'aria-hidden': 'true' },
          h(`span.meter-fill.fill-${tone}`, { style: `width:${(share ?? 0) * 100}%` }),
        ),
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

/** Counts up to now, open cohorts too: whether data come in, before anything can be compared. */
export function interimTable(view, region) {
  const names = (view.kpis ?? []).map((kpi) => kpi.name);
  const counted = region.arms.some((arm) => arm.interim?.length);
  if (!counted || region.state !== 'running') return null;
  const heads = [{ label: 'Arm' }, ...names.flatMap((name) => [numeric(`${name}: units`), numeric('with a value')])];
  const rows = region.arms.map((arm) =>
    Object.assign(
      [
        arm.variant,
        ...names.flatMap((name) => {
          const found = (arm.interim ?? []).find((kpi) => kpi.kpi === name);
          const id = `${view.name}-${region.segment}-${arm.variant}-${name}`;
          return [
            figure(`interim-units-${id}`, found?.units, count(found?.units)),
            figure(`interim-events-${id}`, found?.events, count(found?.events)),
          ];
        }),
      ],
      { key: arm.variant },
    ),
  );
  return [
    h('h3', term('interim', 'Up to now')),
    h('p.quiet', 'Open days too. These counts say whether outcomes come in; they are no comparison.'),
    table(`Counts in ${region.segment} up to now`, heads, rows),
  ];
}

/** A monitor without a minimum effect has no interval, and never will. */
const untestedAs = (role) => (role === 'monitor' ? 'shown only' : 'not tested yet');

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
        {
          'data-testid': `interval-${name}`,
          'data-lower': found.lower,
          'data-upper': found.upper,
          'data-value': found.interval,
        },
        interval(found.lower, found.upper, kpi),
      ),
      found.interval ? term(found.interval, found.interval) : h('span.quiet', untestedAs(found.role)),
      percent(found.information_fraction),
      moment(found.as_of) ?? '–',
    ];
    return Object.assign(cells, { key: found.kpi });
  });
  return table(`KPIs in ${region.segment}`, heads, rows);
}

const SHOWN_LOOKS = 7;

/** Looks, the newest first: the plot in numbers. The older ones are folded away. */
export function lookTable(view, series, address) {
  const kpi = primaryOf(view);
  const variants = view.arms.map((arm) => arm.variant);
  const heads = [
    { label: 'At' },
    { label: 'Verdict' },
    numeric('Difference'),
    numeric('Interval'),
    ...variants.map((variant) => numeric(`Closed, ${variant}`)),
    { label: 'Record' },
  ];
  const rows = [...series].reverse().map((look) => {
    const cells = [
      moment(look.at),
      (look.verdict ?? '–').replaceAll('_', ' '),
      difference(look.difference, kpi),
      isTested(look) ? interval(look.lower, look.upper, kpi) : h('span.quiet', 'not tested yet'),
      ...variants.map((variant) => count(look.units?.[variant])),
      look.look_id ? h('a', { href: urls.look(look.look_id) }, `look ${look.look_id}`) : '–',
    ];
    return Object.assign(cells, { key: look.at });
  });
  const older = rows.slice(SHOWN_LOOKS);
  return [
    table('Looks', heads, rows.slice(0, SHOWN_LOOKS)),
    older.length > 0 &&
      h('details.older', h('summary', plural(older.length, 'earlier look')), table('Earlier looks', heads, older)),
    h('p', h('a', { href: address }, 'All looks as JSON')),
  ];
}
