/** How an effect lasts: by the week of the first exposure, and behind a promotion. */

import { links } from '../api.js';
import { h } from '../dom.js';
import { count, difference, interval, percent } from '../format.js';
import { forest, isTested, primaryOf, scaleOf } from './forest.js';
import { figure, moment, table, term } from './pieces.js';

const numeric = (label, content) => ({ label, content, numeric: true });

/** A difference with its interval, found by a name of its own. */
function shown(name, found, kpi) {
  if (!isTested(found)) return h('span.quiet', 'not tested yet');
  return [
    figure(name, found.difference, difference(found.difference, kpi)),
    h('span.quiet', ` (${interval(found.lower, found.upper, kpi)})`),
  ];
}

/** The curve of a comparison, a line a week, and the change from the first week to the last. */
export function curveTable(view, region, curve, what) {
  if (!curve?.weeks.length) return h('p.quiet', 'No whole week has closed yet.');
  const kpi = primaryOf(view);
  const scale = scaleOf({ ...view, regions: curve.weeks.map((week) => ({ kpis: [{ ...week, role: 'primary' }] })) });
  const id = `${what}-${view.name}-${region.segment}`;
  const heads = [
    { label: 'Week' },
    { label: 'Plot' },
    numeric('Difference', term('cohort_week', 'Difference')),
    ...view.arms.map((arm) => numeric(`Units, ${arm.variant}`)),
  ];
  const rows = curve.weeks.map((week) =>
    Object.assign(
      [
        [`${week.week}, from `, moment(week.from, { short: true })],
        forest(scale, week, 'quiet'),
        shown(`${id}-${week.week}`, week, kpi),
        count(week.champion),
        count(week.challenger),
      ],
      { key: `week-${week.week}` },
    ),
  );
  return [table(`${what}, ${region.segment}, by week of the first exposure`, heads, rows), change(id, curve.change, kpi)];
}

function change(id, found, kpi) {
  if (!found) return null;
  const proven = found.lower > 0 || found.upper < 0;
  return h(
    'p',
    { class: proven ? 'warn' : 'quiet' },
    `From week ${found.from} to week ${found.to} the difference changed by `,
    figure(`change-${id}`, found.difference, difference(found.difference, kpi), { 'data-proven': String(proven) }),
    ` (${interval(found.lower, found.upper, kpi)}): `,
    proven ? term('change', 'it is not what it was') : 'no change is proven',
    '.',
  );
}

/** What promoted each region beside what is seen of it since, from those who kept the old champion; null if nobody did. */
export function afterPromotion(view) {
  const kept = (view.regions ?? []).filter((region) => region.holdback);
  if (!kept.length) return null;
  const kpi = primaryOf(view);
  const heads = [
    { label: 'Region' },
    numeric('Promoted with'),
    numeric('Since then', term('since', 'Since then')),
    { label: 'As of' },
    { label: 'Held back', content: term('holdback', 'Held back') },
  ];
  const rows = kept.map(({ segment, holdback }) =>
    Object.assign(
      [
        h('a', { href: links.region(view.name, segment) }, segment),
        holdback.promoted_by
          ? shown(`promoted-by-${view.name}-${segment}`, holdback.promoted_by, kpi)
          : h('span.quiet', 'by hand'),
        shown(`since-${view.name}-${segment}`, holdback.since, kpi),
        moment(holdback.since?.as_of, { short: true }) ?? '–',
        [
          `${percent(holdback.share)} on ${holdback.version} `,
          holdback.open ? 'until ' : 'until it ended, ',
          moment(holdback.open ? holdback.ends_at : holdback.ended_at, { short: true }),
        ],
      ],
      { key: `holdback-${segment}` },
    ),
  );
  return table(`After the promotions of ${view.name}`, heads, rows);
}
