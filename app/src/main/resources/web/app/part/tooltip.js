/** One tooltip for all terms: at hover, focus or tap; Escape closes it. The same text is the term's description. */

import { h } from '../dom.js';

const box = h('div.tooltip', { role: 'tooltip', hidden: true });
let anchor = null;

/** Listens for terms anywhere on the page, for its whole life. */
export function startTooltips() {
  document.body.append(box);
  for (const kind of ['pointerover', 'focusin', 'click']) {
    document.addEventListener(kind, (event) => {
      const found = event.target.closest?.('[data-term]');
      if (found) show(found);
      else if (kind !== 'focusin' || anchor) hide();
    });
  }
  document.addEventListener('focusout', hide);
  document.addEventListener('keydown', (event) => event.key === 'Escape' && hide());
  window.addEventListener('scroll', hide, { passive: true, capture: true });
}

function show(term) {
  anchor = term;
  box.textContent = document.getElementById(`term-${term.dataset.term}`)?.textContent ?? '';
  box.hidden = false;
  const at = term.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = box;
  const left = Math.min(
    Math.max(8, at.left + at.width / 2 - width / 2),
    document.documentElement.clientWidth - width - 8,
  );
  const above = at.top - height - 8;
  box.style.left = `${left}px`;
  box.style.top = `${above > 8 ? above : at.bottom + 8}px`;
}

function hide() {
  anchor = null;
  box.hidden = true;
}
