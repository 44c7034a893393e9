/** One region of one experiment: the verdict in words, the difference over event time, arms, KPIs, looks. */

import { cohortsNeed, links, need, peek, policy, seriesNeed, urls } from '../api.js';
import { h } from '../dom.js';
import { percent, plural } from '../format.js';
import { verbs } from '../part/actions.js';
import { curveTable } from '../part/cohorts.js';
import { estimateOf, primaryOf } from '../part/forest.js';
import { armTable, interimTable, kpiTable, lookTable } from '../part/region-details.js';
import { estimateText, information } from '../part/measures.js';
import { crumbs, digest, fact, figure, icon, moment, section, sign, table, term } from '../part/pieces.js';
import { plot } from '../part/plot.js';
import { specOf } from '../part/plot-data.js';
import { verdictBadge, verdictName } from '../part/region-table.js';
import { empty, ready } from '../part/states.js';
import { trail } from '../part/trail.js';
import { EVIDENCE, untested } from '../words.js';

const history = (name, segment) => urls.auditOf(`experiment/${name}/${segment}`);
const known = (name, segment) =>
  peek(urls.experiment(name)).value?.regions.find((candidate) => candidate.segment === segment);

export const region = {
  title: ([name, segment]) => `${segment}, ${name}`,
  needs: ([name, segment]) => {
    const found = known(name, segment);
    const series = found?.started_at ? [seriesNeed(name, found), cohortsNeed(name, found)] : [];
    return [need(urls.experiment(name)), need(history(name, segment)), ...series];
  },
  draw: ([name, segment]) => [
    crumbs(['Experiments', '#/'], [name, links.experiment(name)], [segment]),
    ready(
      peek(urls.experiment(name)),
      `Experiment ${name}`,
      (view) => {
        const found = view.regions.find((candidate) => candidate.segment === segment);
        return found
          ? filled(view, found)
          : [h('h1', segment), empty(`${name} has no region ${segment}`, 'It has:', siblings(view, null))];
      },
      segment,
    ),
  ],
};

function filled(view, found) {
  const id = `${view.name}-${found.segment}`;
  return [
    h('div.page-head', h('h1', found.segment), verdictBadge(view, found), h('div.verbs', verbs(view, found))),
    siblings(view, found),
    h('p.verdict', { 'data-testid': `verdict-text-${id}` }, sentence(found)),
    reasons(found),
    warnings(found),
    found.started_at
      ? [
          h('div.region-main', difference(view, found), aside(view, found, id)),
          section('Arms', {}, armTable(view, found), interimTable(view, found)),
          section('KPIs', {}, kpiTable(view, found)),
          cohorts(view, found),
          looks(view, found),
          runs(view, found),
        ]
      : found.state === 'waiting'
        ? empty('No units yet', 'Champion and challenger are compared here once the region has started.')
        : empty('It never began', 'The region was ended while it waited.'),
    section(
      'What was done here',
      {},
      ready(peek(history(view.name, found.segment)), 'The audit trail', (entries) =>
        trail(entries, { nothing: 'Nothing yet that concerns this region alone.' }),
      ),
    ),
  ];
}

/** The other regions, to step through them. */
function siblings(view, found) {
  return h(
    'nav.siblings',
    { 'aria-label': `Regions of ${view.name}` },
    view.regions.map((other) =>
      h(
        'a',
        { href: links.region(view.name, other.segment), 'aria-current': other === found ? 'page' : null },
        other.segment,
        verdictName(other, { signOnly: true }),
      ),
    ),
  );
}

function sentence(found) {
  const open = untested(found);
  const said = /not tested yet/i.test(found.verdict_text ?? '');
  return open && !said ? `Not tested yet: ${open}.` : (found.verdict_text ?? '');
}

/** Proofs of harm elsewhere, of the version that is tried or serves here. */
function warnings({ warnings: list }) {
  return list?.length
    ? h('ul.reasons.reasons-blocked', { 'aria-label': 'Warnings' }, list.map((text) => h('li', icon('warning'), text)))
    : null;
}

function reasons(found) {
  const list = (found.reasons ?? []).filter((text) => !(found.verdict_text ?? '').includes(text));
  if (!list.length) return null;
  const blocked = found.verdict === 'blocked';
  // Whoever stops a region gives no verdict, so these are still what was known before.
  const before = found.state === 'stopped';
  return [
    before && h('p.quiet', 'What the last look said:'),
    h(
      'ul.reasons',
      { class: blocked ? 'reasons-blocked' : null, 'aria-label': blocked ? 'Blocked because' : 'Reasons' },
      list.map((text) => h('li', blocked && icon('pause'), text)),
    ),
  ];
}

function difference(view, found) {
  const kpi = primaryOf(view);
  return h(
    'section.panel.difference',
    { 'aria-label': `Difference in ${kpi?.name} over event time` },
    h('h2', 'Difference in ', kpi?.name ?? 'the primary KPI', h('span.quiet', ' challenger − champion')),
    ready(peek(urls.series(view.name, found.segment)), 'The series', (series) =>
      series.length
        ? plot(`${view.name}/${found.segment}`, specOf(view, found, series, { height: 320 }))
        : empty(
            'No closed day yet',
            'The first point stands here when the outcome window of the first day has passed.',
          ),
    ),
  );
}

function aside(view, found, id) {
  const kind = estimateOf(found)?.interval;
  return h(
    'aside.panel.region-facts',
    { 'aria-label': 'Evidence' },
    h(
      'dl',
      fact(
        term('difference', 'Difference'),
        estimateText(view, found, primaryOf(view)),
        kind && [' ', term(kind, { repeated: 'repeated interval', final: 'interval at the stop' }[kind] ?? 'confidence sequence')],
      ),
      fact(term('information', 'Information'), information(view, found, { wide: true })),
      found.evidence && fact(term('evidence', 'Evidence'), evidence(found, id)),
      found.serving && fact(term('serving', 'Serving'), serving(found, id)),
      found.attempt > 1 && fact(term('attempt', 'Attempt'), figure(`attempt-${id}`, found.attempt, found.attempt)),
      found.holdback && fact(term('holdback', 'Holdback'), holdback(found.holdback)),
      waits(found),
      fact('Started', moment(found.started_at)),
      fact('Closed up to', moment(found.closed_through) ?? 'no day yet'),
      found.next_look_at && fact(term('look', 'Next look'), moment(found.next_look_at)),
      found.decided_at &&
        fact(
          found.state === 'stopped' ? 'Stopped' : 'Decided',
          moment(found.decided_at, { testid: `decided-at-${id}` }),
        ),
      found.ended_at && found.ended_at !== found.decided_at && fact('Ended', moment(found.ended_at)),
      fact(term('srm', 'Split'), sampleRatio(found, id)),
      found.epoch > 1 && fact(term('epoch', 'Epoch'), found.epoch),
      found.evidence_digest && fact(term('digest', 'Evidence digest'), digest(found.evidence_digest, `digest-${id}`)),
      found.overrun > 0 && fact(term('overrun', 'Overrun'), plural(found.overrun, 'unit')),
      found.look_id && fact('Look', h('a', { href: urls.look(found.look_id) }, `${found.look_id}, as JSON`)),
      found.record_digest && fact('Record', digest(found.record_digest, `record-${id}`)),
    ),
  );
}

/** What the looks have proven, and which of them. */
function evidence({ evidence: { proven, look } }, id) {
  return [
    figure(`evidence-${id}`, proven, sign(EVIDENCE[proven] ?? EVIDENCE.not_proven)),
    look && [' ', h('a', { href: urls.look(look) }, 'the look, as JSON')],
  ];
}

/** What serves, by whom, and whether that is by proof. */
function serving({ serving: { version, by, forced, since, why } }, id) {
  return [
    figure(`serving-${id}`, version, h('strong', version)),
    ` by ${by}`,
    since && [' since ', moment(since, { short: true })],
    forced && h('p.warn', term('forced', 'not by proof')),
    why && h('q.trail-why', why),
  ];
}

function holdback({ share, version, ends_at: ends, ended_at: ended, open }) {
  return open
    ? [`${percent(share)} keep ${version} until `, moment(ends, { short: true })]
    : ['ended ', moment(ended, { short: true })];
}

/** What must come in before more can be said, and until when that takes. */
function waits({ waits_for: awaited }) {
  const list = [awaited ?? []].flat().filter(Boolean);
  if (!list.length) return null;
  const line = (wait) => (typeof wait === 'string' ? wait : [wait.what, wait.until && [', until ', moment(wait.until)]]);
  return fact(term('waits', 'Waits for'), h('ul.plain', list.map((wait) => h('li', line(wait)))));
}

/** Every run of the region: starting again hides nothing. */
function runs(view, { segment, runs: all }) {
  if (!all || all.length < 2) return null;
  const heads = ['Run', 'Started', 'Ended', 'How', 'Evidence', 'By', 'Why'].map((label) => ({ label }));
  const rows = [...all].reverse().map((run, i) =>
    Object.assign(
      [
        i === 0 ? `${run.run}, this one` : h('a', { href: links.run(view.name, segment, run.run) }, `${run.run}`),
        moment(run.started_at, { short: true }) ?? '–',
        moment(run.ended_at, { short: true }) ?? 'not yet',
        run.state.replaceAll('_', ' '),
        sign(EVIDENCE[run.evidence?.proven] ?? EVIDENCE.not_proven),
        run.by ?? '–',
        run.why ?? '–',
      ],
      { key: `run-${run.run}` },
    ),
  );
  return section('Runs', { 'data-testid': `runs-${view.name}-${segment}` }, table(`Runs of ${segment}`, heads, rows));
}

function sampleRatio(found, id) {
  const { srm } = found;
  if (!srm) return 'not tested yet';
  const factor = srm.log_bayes_factor;
  const extra = {
    title: `natural logarithm of the Bayes factor: ${factor?.toFixed(2)}; alarm at ${policy().sample_ratio_alarm?.toFixed(2)}`,
    'data-alarm': String(srm.alarm),
  };
  const text = srm.alarm ? 'not as planned' : 'as planned';
  return h(
    'span.check',
    { class: srm.alarm ? 'check-bad' : 'check-good' },
    icon(srm.alarm ? 'cross' : 'check'),
    figure(`srm-${id}`, factor, text, extra),
  );
}

/** Whether the effect lasts: by week of the first exposure, then behind the promotion. */
function cohorts(view, found) {
  return section(
    'By week of the first exposure',
    {},
    ready(peek(urls.cohorts(view.name, found.segment)), 'The cohorts', (curves) => [
      curveTable(view, found, curves.comparison, 'Effect'),
      curves.holdback && [h('h3', 'After the promotion'), curveTable(view, found, curves.holdback, 'Effect since')],
    ]),
  );
}

function looks(view, found) {
  return section(
    'Looks',
    {},
    ready(peek(urls.series(view.name, found.segment)), 'The looks', (series) =>
      series.length
        ? lookTable(view, series, urls.series(view.name, found.segment))
        : h('p.quiet', 'No look yet. Harm is tested whenever a day closes; promotion weekly, from the second week on.'),
    ),
  );
}
