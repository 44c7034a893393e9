/** Numbers, times and texts as people read them. The raw number always stands beside it in `data-value`. */

export const NONE = '–';
const UTC = { timeZone: 'UTC' };
const DAY = new Intl.DateTimeFormat('en-GB', { ...UTC, day: 'numeric', month: 'short', year: 'numeric' });
const SHORT = new Intl.DateTimeFormat('en-GB', { ...UTC, day: 'numeric', month: 'short' });
const CLOCK = new Intl.DateTimeFormat('en-GB', { ...UTC, hour: '2-digit', minute: '2-digit', hour12: false });
const EXACT = new Intl.DateTimeFormat('en-GB', { ...UTC, timeStyle: 'medium' });
const WHOLE = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });

const known = (value) => value !== null && value !== undefined && !Number.isNaN(value);

/** 12345 as 12,345. */
export const count = (value) => (known(value) ? WHOLE.format(value) : NONE);

/** 0.914 as 91 %; below 10 % with one decimal place. Never 100 % of what is not all, nor 0 % of what is something. */
export function percent(share) {
  if (!known(share) || !Number.isFinite(share)) return NONE;
  const hundredths = share * 100;
  if (hundredths > 0 && hundredths < 0.05) return '<\u202f0.1\u202f%';
  if (hundredths >= 99.5 && hundredths < 100) return `${(Math.floor(hundredths * 10) / 10).toFixed(1)}\u202f%`;
  return `${hundredths.toFixed(hundredths !== 0 && Math.abs(hundredths) < 10 ? 1 : 0)}\u202f%`;
}

/** Whether a KPI's values are shares, shown in percent and their differences in percentage points. */
const isShare = (kpi) => kpi?.kind === 'proportion';

/** As many decimal places as the smallest difference worth finding needs, and one more. */
function places(kpi, value) {
  const scale = kpi?.minimum_effect ?? kpi?.margin ?? (isShare(kpi) ? 0.02 : Math.abs(value) / 10 || 0.01);
  const exponent = Math.floor(Math.log10(isShare(kpi) ? scale * 100 : scale));
  return Math.min(8, Math.max(0, 2 - exponent));
}

function plain(value, kpi) {
  const shown = isShare(kpi) ? value * 100 : value;
  return shown
    .toLocaleString('en-GB', { minimumFractionDigits: places(kpi, value), maximumFractionDigits: places(kpi, value) })
    .replace('-', '−');
}

/** An arm's KPI. */
export function mean(value, kpi) {
  if (!known(value)) return NONE;
  return isShare(kpi) ? `${plain(value, kpi)}\u202f%` : plain(value, kpi);
}

/** A difference, with its sign. */
export function difference(value, kpi) {
  if (!known(value)) return NONE;
  return signed(value, kpi) + (isShare(kpi) ? '\u202fpp' : '');
}

function signed(value, kpi) {
  const text = plain(value, kpi);
  return value > 0 ? `+${text}` : text;
}

/** A registered difference such as the minimum effect: signed, as many places as it was written with. */
export function effect(value, kpi) {
  if (!known(value)) return NONE;
  const shown = Number((isShare(kpi) ? value * 100 : value).toPrecision(12));
  return `${shown > 0 ? '+' : ''}${String(shown).replace('-', '−')}${isShare(kpi) ? '\u202fpp' : ''}`;
}

/** An interval, both ends with their signs. */
export function interval(lower, upper, kpi) {
  if (!known(lower) || !known(upper)) return NONE;
  return `${signed(lower, kpi)} to ${difference(upper, kpi)}`;
}

/** Event time, such as 14 May 2001, 06:00 UTC. */
export function when(time) {
  if (!time) return NONE;
  const date = new Date(time);
  return `${DAY.format(date)}, ${CLOCK.format(date)}\u202fUTC`;
}

/** The day of an event time. */
export const day = (time) => (time ? DAY.format(new Date(time)) : NONE);

/** The day without its year. */
export const shortDay = (time) => (time ? SHORT.format(new Date(time)) : NONE);

/** A wall-clock time of today. */
export const clock = (time) => (time ? `${EXACT.format(new Date(time))}\u202fUTC` : NONE);

/** How long ago, by the wall clock. */
export function ago(milliseconds) {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return `${seconds}\u202fs`;
  if (seconds < 3600) return `${Math.round(seconds / 60)}\u202fmin`;
  return seconds < 172800 ? `${Math.round(seconds / 3600)}\u202fh` : `${Math.round(seconds / 86400)}\u202fd`;
}

/** Milliseconds of a duration such as 42d or 1h30m; null for none. */
export function milliseconds(text) {
  const units = { w: 604800000, d: 86400000, h: 3600000, m: 60000, s: 1000, ms: 1 };
  const parts = [...String(text ?? '').matchAll(/(\d+(?:\.\d+)?)(ms|w|d|h|m|s)/g)];
  return parts.length ? parts.reduce((sum, [, n, unit]) => sum + Number(n) * units[unit], 0) : null;
}

/** 42d as 42 days. */
export function duration(text) {
  const words = { w: 'week', d: 'day', h: 'hour', m: 'minute', s: 'second' };
  const [, n, unit] = String(text ?? '').match(/^(\d+)([wdhms])$/) ?? [];
  return unit ? `${n} ${words[unit]}${n === '1' ? '' : 's'}` : (text ?? NONE);
}

/** Bytes, rounded. */
export function bytes(value) {
  if (!known(value)) return NONE;
  if (value < 1000) return `${value}\u202fB`;
  return value < 1e6 ? `${(value / 1000).toFixed(1)}\u202fkB` : `${(value / 1e6).toFixed(1)}\u202fMB`;
}

/** "1 region", "2 regions". */
export const plural = (n, noun) => `${count(n)} ${noun}${n === 1 ? '' : 's'}`;
