/** What a plot shows, from a region's series as the API gives it. */

import { count, difference, effect, interval, milliseconds, shortDay, when } from '../format.js';
import { effectOf, isTested, primaryOf } from './forest.js';

const seconds = (time) => Date.parse(time) / 1000;

/** A plot's content: points, the span of time, levels, moments and how numbers are written. */
export function specOf(experiment, region, series, { height, small = false }) {
  const kpi = primaryOf(experiment);
  const variants = experiment.arms.map((arm) => arm.variant);
  const points = series.map(({ at, units, ...row }) => ({
    ...row,
    x: seconds(at),
    units: variants.map((variant) => [variant, units?.[variant]]),
  }));
  const last = points.at(-1);
  const lag = series[0]?.cohort ? seconds(series[0].at) - seconds(series[0].cohort) : 0;
  const from = seconds(region.started_at);
  // What is still open when a region ends stays open as overrun; without any there is nothing to grey.
  const isOpen = region.state === 'running' || region.overrun > 0;
  const openTo = last ? last.x + (isOpen ? lag : 0) : from;
  const limit = milliseconds(experiment.max_duration);
  const end = region.state === 'running' && limit ? from + limit / 1000 : openTo;
  return {
    points,
    from,
    to: Math.max(end, openTo, from + 86400, region.decided_at ? seconds(region.decided_at) : 0),
    openFrom: last?.x ?? from,
    openTo,
    deadline: region.state === 'running' && limit ? from + limit / 1000 : null,
    decided: region.decided_at ? { x: seconds(region.decided_at), state: region.state } : null,
    effect: effectOf(kpi),
    effectText: effect(effectOf(kpi), kpi),
    height,
    small,
    axisWidth: small ? 52 : 64,
    tick: (value) => (value === 0 ? '0' : difference(value, coarse(kpi)).replace('\u202fpp', '')),
    read: (point) => (small ? brief(point, kpi) : sentence(point, kpi)),
    label: label(experiment, region, points, kpi),
    stamp: `${region.state}|${points.length}|${last?.x}|${last?.difference}|${region.decided_at}|${height}`,
  };
}

/** Axis labels need one decimal place less than numbers. */
const coarse = (kpi) => (kpi?.minimum_effect ? { ...kpi, minimum_effect: kpi.minimum_effect * 10 } : kpi);

const estimate = (point, kpi) =>
  isTested(point)
    ? `${difference(point.difference, kpi)} (${interval(point.lower, point.upper, kpi)})`
    : 'not tested yet';

const brief = (point, kpi) => `${shortDay(point.x * 1000)}: ${estimate(point, kpi)}`;

function sentence(point, kpi) {
  const closed = point.units.map(([variant, n]) => `${variant} ${count(n)}`).join(', ');
  return `${when(point.x * 1000)}: ${estimate(point, kpi)}; closed units: ${closed}`;
}

function label(experiment, region, points, kpi) {
  const last = points.at(-1);
  const latest = last ? sentence(last, kpi) : 'no closed day yet';
  return `Difference in ${kpi?.name} over event time, ${experiment.name} in ${region.segment}. Latest, ${latest}. Arrow keys move from day to day.`;
}

/** The columns of a plot: time, lower, upper, difference. What is not tested yet is left out. */
export function columns({ points }) {
  const column = (name) => points.map((point) => (isTested(point) ? point[name] : null));
  return [points.map((point) => point.x), column('lower'), column('upper'), column('difference')];
}

/**
 * The vertical range. The first intervals are many times wider than the last and would press everything else flat, so
 * they may run off the plot: the range holds every interval at most four times as wide as the newest.
 */
export function range({ points, effect: least, shared }) {
  if (shared) return shared;
  const tested = points.filter(isTested);
  const newest = tested.at(-1);
  const values = [0, ...(least ? [least * 1.6, least * -0.8] : [])];
  for (const point of tested) {
    if (point.upper - point.lower <= 4 * (newest.upper - newest.lower)) values.push(point.lower, point.upper);
  }
  const low = Math.min(...values);
  const high = Math.max(...values);
  const pad = (high - low || 1) * 0.05;
  return [low - pad, high + pad];
}

/** One range for several plots side by side. */
export function share(specs) {
  const ranges = specs.map(range);
  const shared = [Math.min(...ranges.map(([low]) => low)), Math.max(...ranges.map(([, high]) => high))];
  const from = Math.min(...specs.map((spec) => spec.from));
  const to = Math.max(...specs.map((spec) => spec.to));
  return specs.map((spec) => ({ ...spec, shared, from, to, stamp: `${spec.stamp}|${shared}|${from}|${to}` }));
}
