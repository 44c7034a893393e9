/** Tells screen readers what changed without being asked: verdicts, and what was done at a press. */

const known = new Map();

/** Says a text, or whatever verdict on the page is another one than before. */
export function announce(text) {
  const changes = [];
  for (const node of document.querySelectorAll('[data-testid^="verdict-"][data-value]')) {
    const { testid, value } = node.dataset;
    const before = known.get(testid);
    known.set(testid, value);
    if (before && before !== value) changes.push(`${testid.slice('verdict-'.length)}: ${node.textContent}`);
  }
  const news = text ?? changes.join('. ');
  if (news) document.getElementById('announcer').textContent = news;
}
