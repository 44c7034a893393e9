/** What is drawn on a plot besides its series: zero, the minimum effect, open days, the verdict. */

/** The theme's colours, as a canvas needs them. */
export function colours() {
  const probe = document.createElement('span');
  document.body.append(probe);
  const read = (name) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const family = getComputedStyle(document.body).fontFamily;
  const found = {
    line: read('difference'),
    band: read('difference-band'),
    edge: read('difference-edge'),
    zero: read('ink'),
    effect: read('effect'),
    grid: read('line'),
    quiet: read('ink-quiet'),
    open: read('open'),
    promoted: read('tone-promoted'),
    rolled_back: read('tone-rolled-back'),
    other: read('ink-quiet'),
    surface: read('surface'),
    font: `12px ${family}`,
  };
  probe.remove();
  return found;
}

const VERDICTS = { promoted: 'promoted', rolled_back: 'rolled back', inconclusive: 'inconclusive', stopped: 'stopped' };

function frame(plot, draw) {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  draw(ctx, bbox, window.devicePixelRatio || 1);
  ctx.restore();
}

function vertical(ctx, bbox, x, colour, width, dash) {
  ctx.beginPath();
  ctx.setLineDash(dash);
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.setLineDash([]);
}

/** Writes beside a vertical line, on the side that has room. */
function beside(ctx, bbox, x, y, text, colour, ratio, font) {
  ctx.font = font.replace(/^(\d+)px/, (_, size) => `${size * ratio}px`);
  ctx.fillStyle = colour;
  const gap = 5 * ratio;
  const right = x + gap + ctx.measureText(text).width < bbox.left + bbox.width;
  ctx.textAlign = right ? 'left' : 'right';
  ctx.textBaseline = 'top';
  ctx.fillText(text, right ? x + gap : x - gap, y);
}

export const marks = {
  /** Days whose outcomes may still come in. */
  openCohorts(plot, spec, paint) {
    if (spec.openTo <= spec.openFrom) return;
    frame(plot, (ctx, bbox, ratio) => {
      const left = plot.valToPos(spec.openFrom, 'x', true);
      const right = plot.valToPos(spec.openTo, 'x', true);
      ctx.fillStyle = paint.open;
      ctx.fillRect(left, bbox.top, right - left, bbox.height);
      if (!spec.small && right - left > 40 * ratio) {
        beside(ctx, bbox, left, bbox.top + bbox.height - 20 * ratio, 'open', paint.quiet, ratio, paint.font);
      }
    });
  },

  /** Zero, and the minimum effect on the better side. */
  levels(plot, spec, paint) {
    frame(plot, (ctx, bbox, ratio) => {
      const level = (value, colour, dash) => {
        const y = Math.round(plot.valToPos(value, 'y', true)) + 0.5;
        ctx.beginPath();
        ctx.setLineDash(dash.map((length) => length * ratio));
        ctx.strokeStyle = colour;
        ctx.lineWidth = 1.25 * ratio;
        ctx.moveTo(bbox.left, y);
        ctx.lineTo(bbox.left + bbox.width, y);
        ctx.stroke();
        ctx.setLineDash([]);
        return y;
      };
      level(0, paint.zero, []);
      if (!spec.effect) return;
      const y = level(spec.effect, paint.effect, [5, 4]);
      if (spec.small) return;
      ctx.font = paint.font.replace(/^(\d+)px/, (_, size) => `${size * ratio}px`);
      ctx.fillStyle = paint.effect;
      ctx.textAlign = 'right';
      ctx.textBaseline = spec.effect > 0 ? 'bottom' : 'top';
      ctx.fillText(
        `minimum effect ${spec.effectText}`,
        bbox.left + bbox.width - 6 * ratio,
        y + (spec.effect > 0 ? -4 : 4) * ratio,
      );
    });
  },

  /** When the verdict fell, or when the region ends at the latest. */
  moments(plot, spec, paint) {
    frame(plot, (ctx, bbox, ratio) => {
      if (spec.decided) {
        const x = plot.valToPos(spec.decided.x, 'x', true);
        const colour = paint[spec.decided.state] ?? paint.other;
        vertical(ctx, bbox, x, colour, 2 * ratio, []);
        if (!spec.small) {
          beside(ctx, bbox, x, bbox.top + 4 * ratio, VERDICTS[spec.decided.state] ?? '', colour, ratio, paint.font);
        }
      } else if (spec.deadline) {
        const x = plot.valToPos(spec.deadline, 'x', true);
        vertical(ctx, bbox, x, paint.quiet, ratio, [2 * ratio, 4 * ratio]);
        if (!spec.small) {
          beside(ctx, bbox, x - ratio, bbox.top + 4 * ratio, 'ends at the latest', paint.quiet, ratio, paint.font);
        }
      }
    });
  },
};
