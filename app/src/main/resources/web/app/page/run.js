/** An earlier run of a region: how it ended, and the looks that were taken. */

import { links, need, peek, urls } from '../api.js';
import { h } from '../dom.js';
import { primaryOf } from '../part/forest.js';
import { crumbs, fact, moment, section, sign } from '../part/pieces.js';
import { plot } from '../part/plot.js';
import { specOf } from '../part/plot-data.js';
import { lookTable } from '../part/region-details.js';
import { empty, ready } from '../part/states.js';
import { EVIDENCE } from '../words.js';

export const run = {
  title: ([name, segment, number]) => `Run ${number}, ${segment}, ${name}`,
  needs: ([name, segment, number]) => [
    need(urls.experiment(name)),
    need(urls.run(name, segment, number), `${name}/${segment}/${number}`),
  ],
  draw: ([name, segment, number]) => [
    crumbs(['Experiments', '#/'], [name, links.experiment(name)], [segment, links.region(name, segment)], [`Run ${number}`]),
    ready(
      peek(urls.experiment(name)),
      `Experiment ${name}`,
      (view) => {
        const region = view.regions.find((candidate) => candidate.segment === segment);
        const found = region?.runs?.find((candidate) => String(candidate.run) === number);
        return found
          ? filled(view, region, found)
          : [h('h1', `Run ${number}`), empty(`${segment} has no run ${number}`)];
      },
      `Run ${number}`,
    ),
  ],
};

function filled(view, region, found) {
  const series = peek(urls.run(view.name, region.segment, found.run));
  const ended = { ...region, ...found, decided_at: found.ended_at, overrun: 0 };
  return [
    h('div.page-head', h('h1', `${region.segment}, run ${found.run}`)),
    h('p.lead', 'An earlier run. Nothing that was counted in it says anything about the present one.'),
    h(
      'dl.facts',
      fact('Started', moment(found.started_at)),
      fact('Ended', moment(found.ended_at) ?? 'not yet'),
      fact('How', found.state.replaceAll('_', ' ')),
      fact('Evidence', sign(EVIDENCE[found.evidence?.proven] ?? EVIDENCE.not_proven)),
      fact('Attempt', found.attempt),
      found.by && fact('By', found.by),
      found.why && fact('Why', found.why),
    ),
    section(
      `Difference in ${primaryOf(view)?.name ?? 'the primary KPI'}`,
      { class: 'panel' },
      ready(series, 'The series', (points) =>
        points.length
          ? plot(`${view.name}/${region.segment}/${found.run}`, specOf(view, ended, points, { height: 280 }))
          : empty('No look was taken'),
      ),
    ),
    section('Looks', {}, ready(series, 'The looks', (points) => (points.length ? lookTable(view, points, urls.run(view.name, region.segment, found.run)) : h('p.quiet', 'None.')))),
  ];
}
