/** The frame around every page: name, ways to go, the clock, whether the numbers are fresh, the theme. */

import { h } from '../dom.js';
import { when, clock } from '../format.js';
import { glossary, icon } from './pieces.js';

const PAGES = [
  ['#/', 'Experiments', ['', 'experiments']],
  ['#/models', 'Models', ['models']],
  ['#/operations', 'Operations', ['operations']],
  ['#/audit', 'Audit', ['audit']],
];
const THEMES = { system: 'System', light: 'Light', dark: 'Dark' };

/** The whole page. */
export function shell({ place, freshness, eventTime, routingVersion, theme }, content) {
  return h(
    'div',
    { id: 'page' },
    h(
      'header.top',
      h('a.brand', { href: '#/', 'aria-label': 'Ringside, all experiments' }, mark(), 'Ringside'),
      h(
        'nav.pages',
        { 'aria-label': 'Pages' },
        PAGES.map(([href, text, roots]) =>
          h('a', { href, 'aria-current': roots.includes(place[0] ?? '') ? 'page' : null }, text),
        ),
      ),
      h(
        'div.now',
        eventTime &&
          h(
            'span.now-time',
            { title: 'Every event before this time is counted' },
            h('span.quiet', 'Counted up to '),
            h('time', { datetime: eventTime, 'data-testid': 'event-time', 'data-value': eventTime }, when(eventTime)),
          ),
        h(
          'span.freshness',
          { class: `freshness-${freshness.state}`, 'data-testid': 'freshness', 'data-value': freshness.state },
          h('span.freshness-dot', { 'aria-hidden': 'true' }),
          freshness.label,
        ),
        h(
          'button.theme',
          { type: 'button', 'data-do': 'theme', 'data-testid': 'theme' },
          icon('theme'),
          h('span.unseen', 'Theme: '),
          THEMES[theme],
        ),
      ),
    ),
    freshness.state === 'stale' &&
      h(
        'p.banner',
        { role: 'alert', 'data-testid': 'stale' },
        icon('warning'),
        `${freshness.reason} The numbers below are of ${clock(freshness.since)} and may be out of date; trying again.`,
      ),
    h('main', { id: 'content', tabindex: '-1' }, content),
    h(
      'footer.foot',
      routingVersion !== null && h('span', `Routing table ${routingVersion}`),
      h('a', { href: '/q/openapi' }, 'API'),
      h('a', { href: '/q/metrics' }, 'Metrics'),
      h('a', { href: '/q/health' }, 'Health'),
      glossary(),
    ),
  );
}

function mark() {
  return h(
    'svg.mark',
    { viewBox: '0 0 24 24', 'aria-hidden': 'true' },
    h('rect', { x: 2.5, y: 2.5, width: 19, height: 19, rx: 5 }),
    h('circle.mark-champion', { cx: 8, cy: 16, r: 3 }),
    h('circle.mark-challenger', { cx: 16, cy: 8, r: 3 }),
  );
}
