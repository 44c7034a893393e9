/** Ringside's dashboard: draws the page that the address names, and draws it again whenever the server has news. */

import './style/base.css';
import './style/frame.css';
import './style/pieces.css';
import './style/tables.css';
import './style/forest.css';
import './style/regions.css';
import './style/pages.css';
import './style/dialog.css';
import { everRead, isDue, load, need, peek, policyNeed, urls } from './api.js';
import { h, morph } from './dom.js';
import { announce } from './announce.js';
import { freshness, refreshed, streamChanged } from './freshness.js';
import { follow } from './live.js';
import { ask } from './part/actions.js';
import { mountPlots, repaintPlots } from './part/plot.js';
import { shell } from './part/shell.js';
import { empty, failed } from './part/states.js';
import { startTooltips } from './part/tooltip.js';
import { audit, older, setFilter } from './page/audit.js';
import { experiment } from './page/experiment.js';
import { models } from './page/models.js';
import { operations } from './page/operations.js';
import { overview, search } from './page/overview.js';
import { region } from './page/region.js';
import { run } from './page/run.js';
import { nextTheme, onSystemTheme, theme } from './theme.js';

const EVERY = 1000;
const AT_LEAST_EVERY = 15000;
const news = { horizon: null, routingVersion: null };

const nowhere = {
  title: () => 'Not found',
  needs: () => [],
  draw: () => [
    h('h1', 'There is no such page'),
    empty('The address names nothing here', h('a', { href: '#/' }, 'All experiments')),
  ],
};

/** The page and its arguments that the address names. */
function route() {
  const place = location.hash.replace(/^#\/?/, '').split('/').filter(Boolean).map(decode);
  const [root, ...rest] = place;
  if (!root || (root === 'experiments' && !rest.length)) return { place, page: overview, rest };
  const inExperiment = { 1: experiment, 2: region, 3: run }[rest.length];
  if (root === 'experiments' && inExperiment) return { place, page: inExperiment, rest };
  return { place, page: { models, operations, audit }[root] ?? nowhere, rest };
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Draws the page. What cannot be drawn says so in its place: the frame stands, and the next news is drawn again. */
function draw() {
  const { place, page, rest } = route();
  document.title = `${page.title(rest)} · Ringside`;
  const horizon = news.horizon ?? peek(urls.books).value?.horizon ?? null;
  const frame = {
    place,
    freshness: freshness(),
    eventTime: horizon,
    routingVersion: news.routingVersion,
    theme: theme(),
  };
  const content = h('div', { 'data-key': location.hash || '#/', class: 'content' }, drawn(page, rest));
  morph(document.getElementById('page'), shell(frame, content));
  mountPlots();
  announce();
}

function drawn(page, rest) {
  try {
    return page.draw(rest);
  } catch (error) {
    console.error(error);
    return [h('h1', page.title(rest)), failed('This page', { message: `It cannot be drawn: ${error.message}` })];
  }
}

let reading = false;
let wanted = false;
let lastStart = 0;
let timer = null;

/** Reads what the page needs, soon: at most once a second, never twice at once. */
function refresh(delay = Math.max(0, lastStart + EVERY - Date.now())) {
  if (reading || document.hidden) {
    wanted = true;
    return;
  }
  clearTimeout(timer);
  timer = setTimeout(read, delay);
}

async function read() {
  reading = true;
  wanted = false;
  lastStart = Date.now();
  const done = new Set();
  try {
    // What a page needs may depend on what was read: the list names the experiments, a view its started regions.
    for (let missing = needs(done); missing.length; missing = needs(done)) {
      missing.forEach(({ url }) => done.add(url));
      await Promise.all(missing.filter(isDue).map(load));
      draw();
    }
    refreshed([...done].map(peek));
  } finally {
    // Whatever was thrown on the way, the next news is read and drawn.
    reading = false;
    if (wanted) refresh();
  }
  draw();
}

/** What is still to be read. The books are always among it, for the horizon in the frame, and what verdicts go by. */
function needs(done) {
  const { page, rest } = route();
  const all = new Map([...wishes(page, rest), policyNeed, need(urls.books)].map((wish) => [wish.url, wish]));
  return [...all.values()].filter(({ url }) => !done.has(url));
}

/** What a page needs. Where what was read is so odd that it cannot say, everything that was read is read again. */
function wishes(page, rest) {
  try {
    return page.needs(rest);
  } catch (error) {
    console.error(error);
    return everRead().map((url) => need(url));
  }
}

const deeds = {
  refresh: () => refresh(0),
  ask: (button) => ask(button, () => refresh(0)),
  older: () => {
    older();
    refresh(0);
  },
  theme: () => {
    nextTheme();
    draw();
    repaintPlots();
  },
  copy: async (button) => {
    await navigator.clipboard?.writeText(button.dataset.copy);
    announce(`Copied ${button.dataset.copy}`);
    button.classList.add('copied');
    setTimeout(() => button.classList.remove('copied'), 1200);
  },
};

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-do]');
  if (button) deeds[button.dataset.do](button);
});
document.addEventListener('input', (event) => {
  const narrow = { filter: setFilter, search }[event.target.dataset.input];
  if (narrow) {
    narrow(event.target.value);
    draw();
    refresh(0);
  }
});
window.addEventListener('hashchange', () => {
  draw();
  scrollTo(0, 0);
  document.getElementById('content').focus({ preventScroll: true });
  refresh(0);
});
document.addEventListener('visibilitychange', () => refresh());
setInterval(() => refresh(), AT_LEAST_EVERY);
setInterval(draw, 5000);
onSystemTheme(repaintPlots);
startTooltips();
draw();
// The stream says at once how things stand, and that is when to read; where it cannot be had, the page reads without.
const unheard = setTimeout(() => refresh(0), 700);
follow(
  (change) => {
    clearTimeout(unheard);
    if (change)
      Object.assign(news, { horizon: change.horizon ?? null, routingVersion: change.routing_version ?? null });
    refresh();
  },
  (open) => {
    streamChanged(open);
    draw();
  },
);
