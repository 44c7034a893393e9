/** Units, information and estimates of a region, as the tables and cards show them. */

import { policy } from '../api.js';
import { h } from '../dom.js';
import { count, difference, interval, percent } from '../format.js';
import { figure } from './pieces.js';
import { estimateOf, isTested } from './forest.js';

/** Exposed and closed units of each arm, a line an arm. */
export function unitsOf(experiment, region) {
  const id = `${experiment.name}-${region.segment}`;
  return h(
    'div.units',
    (region.arms ?? []).map((arm, i) => {
      const share = arm.exposed ? arm.closed_units / arm.exposed : null;
      return [
        h('span.units-arm', { class: `arm-${i === 0 ? 'champion' : 'challenger'}` }, arm.variant),
        figure(`exposed-${id}-${arm.variant}`, arm.exposed, count(arm.exposed)),
        figure(`closed-${id}-${arm.variant}`, arm.closed_units, count(arm.closed_units)),
        figure(`closed-share-${id}-${arm.variant}`, share, percent(share)),
      ];
    }),
  );
}

/** The difference in the primary KPI with its interval. */
export function estimateText(experiment, region, kpi) {
  const id = `${experiment.name}-${region.segment}`;
  const found = estimateOf(region);
  if (found?.difference === null || found?.difference === undefined) return h('span.quiet', '–');
  const tested = isTested(found);
  return h(
    'div.estimate',
    { class: tested ? null : 'quiet' },
    figure(`difference-${id}`, found.difference, difference(found.difference, kpi), { class: 'estimate-value' }),
    h(
      'span.estimate-interval',
      {
        'data-testid': `interval-${id}`,
        'data-lower': found.lower,
        'data-upper': found.upper,
        'data-value': found.interval,
      },
      tested ? interval(found.lower, found.upper, kpi) : 'not tested yet',
    ),
  );
}

/** How far the evidence is, as a bar: the tick is the first look, the end is enough. */
export function information(experiment, region, { wide = false } = {}) {
  const fraction = estimateOf(region)?.information_fraction;
  if (fraction === null || fraction === undefined) return h('span.quiet', '–');
  const text = percent(fraction);
  return h(
    'div.information',
    { class: wide ? 'information-wide' : null },
    h(
      'div.meter',
      { role: 'img', 'aria-label': `${text} of the planned information` },
      h('span.meter-fill', { style: `width:${Math.min(100, fraction * 100)}%` }),
      policy().minimum_information && h('span.meter-tick', { style: `left:${policy().minimum_information * 100}%` }),
    ),
    figure(`information-${experiment.name}-${region.segment}`, fraction, text),
  );
}
