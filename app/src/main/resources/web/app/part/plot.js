/** Plots of a difference with its interval over event time, kept alive between drawings of the page. */

import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { announce } from '../announce.js';
import { h } from '../dom.js';
import { shortDay } from '../format.js';
import { colours, marks } from './plot-marks.js';
import { columns, range } from './plot-data.js';

const specs = new Map();
const mounted = new Map();
const resized = new ResizeObserver((entries) => {
  for (const { target, contentRect } of entries) {
    const size = { width: Math.floor(contentRect.width), height: Math.floor(contentRect.height) };
    if (size.width > 0) mounted.get(target)?.plot.setSize(size);
  }
});

/**
 * The place of a plot. The page keeps the node; `mountPlots` draws in it.
 *
 * @param key names the plot on the page
 * @param spec what `specOf` makes of a series
 */
export function plot(key, spec) {
  specs.set(key, spec);
  return h(
    'div.plot',
    { 'data-key': `plot-${key}` },
    h('div.plot-canvas', {
      'data-keep': true,
      'data-plot': key,
      style: `min-height:${spec.height}px`,
      'data-testid': `plot-${key.replace('/', '-')}`,
      'data-points': spec.points.length,
      tabindex: 0,
      role: 'img',
      'aria-label': spec.label,
      'aria-describedby': `readout-${key}`,
    }),
    h('p.plot-readout', { id: `readout-${key}`, 'data-keep': true }),
  );
}

/** Draws, updates and ends plots, so that they are those that the page has places for. */
export function mountPlots() {
  for (const place of mounted.keys()) if (!place.isConnected) unmount(place);
  for (const place of document.querySelectorAll('[data-plot]')) {
    const spec = specs.get(place.dataset.plot);
    const held = mounted.get(place);
    if (!held) mount(place, spec);
    else if (held.spec.stamp !== spec.stamp) update(held, spec);
  }
}

/** Draws all plots anew, in the colours of the theme. */
export function repaintPlots() {
  for (const place of [...mounted.keys()]) unmount(place);
  mountPlots();
}

function mount(place, spec) {
  const held = { spec, readout: place.nextElementSibling };
  held.plot = new uPlot(options(held, place), columns(spec), place);
  mounted.set(place, held);
  resized.observe(place);
  place.addEventListener('keydown', step);
  say(held, null);
}

function unmount(place) {
  resized.unobserve(place);
  place.removeEventListener('keydown', step);
  mounted.get(place).plot.destroy();
  mounted.delete(place);
}

function update(held, spec) {
  held.spec = spec;
  held.plot.batch(() => {
    held.plot.setData(columns(spec), false);
    held.plot.setScale('x', { min: spec.from, max: spec.to });
    const [min, max] = range(spec);
    held.plot.setScale('y', { min, max });
  });
  say(held, held.plot.cursor.idx);
}

function options(held, place) {
  const paint = colours();
  const { spec } = held;
  const [low, high] = range(spec);
  const axis = {
    stroke: paint.quiet,
    font: paint.font,
    ticks: { show: false },
    grid: { stroke: paint.grid, width: 1 },
  };
  return {
    width: Math.max(200, place.clientWidth),
    height: Math.max(spec.height, place.clientHeight),
    padding: [10, 18, 0, 0],
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
    legend: { show: false },
    cursor: {
      x: true,
      y: false,
      drag: { x: false, y: false },
      points: { size: (_, i) => (i === 3 ? 8 : 0), fill: paint.line },
      ...(spec.sync && { sync: { key: spec.sync, setSeries: false, scales: ['x', null] } }),
    },
    scales: { x: { min: spec.from, max: spec.to, auto: false }, y: { min: low, max: high, auto: false } },
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: 28,
        gap: 6,
        space: spec.small ? 44 : 64,
        values: (_, ticks) => ticks.map((s) => shortDay(s * 1000)),
      },
      {
        ...axis,
        size: spec.axisWidth,
        gap: 6,
        space: spec.small ? 30 : 44,
        values: (_, ticks) => ticks.map(spec.tick),
      },
    ],
    series: [
      {},
      { stroke: paint.edge, width: 1, points: { show: false } },
      { stroke: paint.edge, width: 1, points: { show: false } },
      { stroke: paint.line, width: 2, points: { show: spec.points.length < 3, size: 6, fill: paint.line } },
    ],
    bands: [{ series: [2, 1], fill: paint.band }],
    hooks: {
      drawClear: [(plot) => marks.openCohorts(plot, held.spec, paint)],
      drawAxes: [(plot) => marks.levels(plot, held.spec, paint)],
      draw: [(plot) => marks.moments(plot, held.spec, paint)],
      setCursor: [(plot) => say(held, plot.cursor.idx)],
    },
  };
}

/** Left and right move from day to day. */
function step(event) {
  const move = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity }[event.key];
  const { plot, spec } = mounted.get(event.currentTarget);
  if (move === undefined || !spec.points.length) return;
  event.preventDefault();
  const last = spec.points.length - 1;
  const next = Math.min(last, Math.max(0, (plot.cursor.idx ?? last + 1) + move));
  const point = spec.points[next];
  plot.setCursor({ left: plot.valToPos(point.x, 'x'), top: plot.valToPos(point.difference ?? 0, 'y') });
  announce(spec.read(point));
}

/** The numbers under the cursor, else the newest ones. */
function say(held, index) {
  const { points, read } = held.spec;
  const point = points[index ?? points.length - 1];
  held.readout.textContent = point ? read(point) : '';
}
