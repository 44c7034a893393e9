/** Differences of many regions on one scale, with zero and the minimum effect. */

import { h } from '../dom.js';
import { effect } from '../format.js';

/** The KPI that decides. */
export const primaryOf = (experiment) => (experiment.kpis ?? []).find((kpi) => kpi.role === 'primary') ?? null;

/** A region's estimate of the primary KPI. */
export const estimateOf = (region) => (region.kpis ?? []).find((kpi) => kpi.role === 'primary') ?? null;

const isNumber = (value) => typeof value === 'number' && Number.isFinite(value);

/** Whether an estimate, or a point of a series, has an interval; before that its difference says nothing. */
export const isTested = (found) => isNumber(found?.lower) && isNumber(found?.upper);

/** The minimum effect with the sign of the better direction. */
export const effectOf = (kpi) =>
  kpi?.minimum_effect ? kpi.minimum_effect * (kpi.direction === 'down' ? -1 : 1) : null;

/** A scale wide enough for every difference, though not for every early interval. */
export function scaleOf(experiment) {
  const effect = effectOf(primaryOf(experiment));
  const values = [0];
  if (effect) values.push(effect * 1.5, effect * -1);
  for (const region of experiment.regions ?? []) {
    const found = estimateOf(region);
    if (!isTested(found)) continue;
    const reach = effect ? Math.abs(effect) * 4 : Infinity;
    values.push(found.difference);
    values.push(Math.max(found.lower, found.difference - reach), Math.min(found.upper, found.difference + reach));
  }
  const low = Math.min(...values);
  const high = Math.max(...values);
  const pad = (high - low || 1) * 0.06;
  const span = high - low + 2 * pad;
  return { effect, at: (value) => ((value - low + pad) / span) * 100 };
}

/** The head of the column: where zero and the minimum effect are. */
export function forestHead(scale, kpi) {
  const label = (value, text, name) => h('span.forest-label', { class: name, style: `left:${scale.at(value)}%` }, text);
  return h(
    'span.forest-head',
    { 'aria-hidden': 'true' },
    label(0, '0', 'forest-label-zero'),
    scale.effect && label(scale.effect, effect(scale.effect, kpi), 'forest-label-effect'),
  );
}

/** One region's interval and point. The numbers stand beside it, so it is hidden from screen readers. */
export function forest(scale, estimate, tone) {
  const bar = [];
  if (isTested(estimate)) {
    const left = scale.at(estimate.lower);
    const right = scale.at(estimate.upper);
    const from = Math.max(0, left);
    bar.push(
      h('span.forest-bar', {
        class: `${left < 0 ? 'cut-left' : ''} ${right > 100 ? 'cut-right' : ''}`,
        style: `left:${from}%;width:${Math.min(100, right) - from}%`,
      }),
      h('span.forest-point', { style: `left:${scale.at(estimate.difference)}%` }),
    );
  }
  return h(
    'div.forest',
    { 'aria-hidden': 'true', class: `tone-${tone}` },
    h('span.forest-zero', { style: `left:${scale.at(0)}%` }),
    scale.effect && h('span.forest-effect', { style: `left:${scale.at(scale.effect)}%` }),
    ...bar,
  );
}
