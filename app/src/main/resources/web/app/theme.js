/** Light, dark, or as the system says; remembered. */

import { remember } from './memory.js';

const KEY = 'ringside.theme';
const ORDER = ['system', 'light', 'dark'];

/** The theme that is set. */
export const theme = () => document.documentElement.dataset.theme ?? 'system';

/** Goes to the next theme. */
export function nextTheme() {
  const next = ORDER[(ORDER.indexOf(theme()) + 1) % ORDER.length];
  document.documentElement.dataset.theme = next;
  remember(KEY, next);
}

/** Calls when the system changes between light and dark. */
export function onSystemTheme(changed) {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', changed);
}
