/** An experiment's regions by wave: status, difference on one scale, information, units. */

import { links } from '../api.js';
import { h } from '../dom.js';
import { milliseconds } from '../format.js';
import { EVIDENCE, byHand, status, untested } from '../words.js';
import { estimateOf, forest, forestHead, primaryOf, scaleOf } from './forest.js';
import { estimateText, information, unitsOf } from './measures.js';
import { badge, icon, moment, term } from './pieces.js';

/** The table; one body a wave. Regions that wait share a line. */
export function regionTable(experiment) {
  const kpi = primaryOf(experiment);
  const scale = scaleOf(experiment);
  const waves = [...new Set(experiment.regions.map((region) => region.wave))];
  const begun = experiment.regions.some((region) => region.state !== 'waiting');
  return h(
    'table.regions',
    { role: 'table' },
    h('caption.unseen', `Regions of the experiment ${experiment.name} by wave`),
    begun && h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, heads(scale, kpi))),
    waves.map((wave) => {
      const all = experiment.regions.filter((region) => region.wave === wave);
      const waiting = all.filter((region) => region.state === 'waiting');
      return h(
        'tbody',
        { role: 'rowgroup', 'data-key': `wave-${wave}` },
        (waves.length > 1 || waiting.length > 0) && waveRow(experiment, wave, waiting),
        all.filter((region) => region.state !== 'waiting').map((region) => row(experiment, region, scale, kpi)),
        waiting.length > 0 && waitingRow(experiment, waiting),
      );
    }),
  );
}

function waveRow(experiment, wave, waiting) {
  const reason = waiting.length && experiment.state !== 'draft' ? h('span.wave-reason', waiting[0].verdict_text) : null;
  return h(
    'tr.wave',
    { role: 'row' },
    h('th', { colspan: 6, scope: 'rowgroup', role: 'rowheader' }, `Wave ${wave}`, reason),
  );
}

function waitingRow(experiment, waiting) {
  return h(
    'tr.waiting',
    { role: 'row' },
    h(
      'td',
      { colspan: 6, role: 'cell' },
      h(
        'ul.waiting-regions',
        waiting.map((region) =>
          h(
            'li',
            h('a', { href: links.region(experiment.name, region.segment) }, region.segment),
            verdictBadge(experiment, region),
          ),
        ),
      ),
    ),
  );
}

function heads(scale, kpi) {
  const head = (name, ...content) => h(`th.${name}`, { scope: 'col', role: 'columnheader' }, ...content);
  return [
    head('c-region', 'Region'),
    head('c-status', 'Status'),
    head('c-forest', forestHead(scale, kpi), h('span.unseen', 'Plot')),
    head('c-estimate', term('difference', 'Difference'), ' and ', term('interval', 'interval')),
    head('c-information', term('information', 'Information')),
    head(
      'c-units',
      h(
        'div.units',
        h('span', 'Arm'),
        term('exposed', 'Exposed'),
        term('closed', 'Closed'),
        term('closed_share', 'Share'),
      ),
    ),
  ];
}

function row(experiment, region, scale, kpi) {
  const cell = (name, label, ...content) => h(`td.${name}`, { role: 'cell', 'data-label': label }, ...content);
  const { tone } = status(region);
  return h(
    'tr.region',
    { role: 'row', 'data-key': region.segment },
    h(
      'th.c-region',
      { scope: 'row', role: 'rowheader' },
      h('a.region-link', { href: links.region(experiment.name, region.segment) }, region.segment),
    ),
    cell('c-status', 'Status', verdictBadge(experiment, region), h('p.status-note', note(experiment, region))),
    cell('c-forest', '', h('div.forest-alone', forestHead(scale, kpi)), forest(scale, estimateOf(region), tone)),
    cell('c-estimate', 'Difference', estimateText(experiment, region, kpi)),
    cell('c-information', 'Information', information(experiment, region)),
    cell('c-units', 'Units', unitsOf(experiment, region)),
  );
}

/** The status, found by tests as the verdict. */
export function verdictBadge(experiment, region) {
  const node = badge(region);
  node.dataset.testid = `verdict-${experiment.name}-${region.segment}`;
  node.dataset.value = region.verdict ?? 'not_started';
  return node;
}

/** A region's status as a sign with its word, for captions and lists of regions. */
export function verdictName(region, { signOnly = false } = {}) {
  const { label, icon: sign, tone } = status(region);
  return h('span.sign', { class: `tone-${tone}` }, icon(sign), h(signOnly ? 'span.unseen' : 'span', label));
}

/** The most useful thing to know beside the status, in a line. */
function note(experiment, region) {
  if (region.state === 'paused') return region.verdict_text;
  if (region.state !== 'running') return ended(region);
  if (region.verdict === 'blocked') return (region.reasons ?? [])[0] ?? region.verdict_text;
  if (region.srm?.alarm) return 'sample-ratio mismatch';
  const awaited = [region.waits_for ?? []].flat()[0];
  const waits = awaited && (typeof awaited === 'string' ? awaited : awaited.what);
  return untested(region) ?? waits ?? progress(experiment, region);
}

/** When it ended; and what was proven, and what serves, where one does not follow from the other. */
function ended(region) {
  const when = moment(region.decided_at ?? region.ended_at, { short: true });
  const { evidence, serving } = region;
  if (!byHand(region) && region.state !== 'superseded') return when;
  return [when, `, ${EVIDENCE[evidence?.proven]?.label.toLowerCase() ?? 'nothing proven'}; ${serving?.version} serves by ${serving?.by}`];
}

/** How many days have closed of those that it may take. */
function progress(experiment, region) {
  const asOf = estimateOf(region)?.as_of;
  const limit = milliseconds(experiment.max_duration);
  if (!asOf || !limit) return null;
  const days = (time) => Math.round(time / 86400000);
  return `day ${days(Date.parse(asOf) - Date.parse(region.started_at))} of at most ${days(limit)}`;
}
