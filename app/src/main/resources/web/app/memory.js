/** What the browser remembers for a person. A browser may refuse; then it is forgotten with the page. */

const page = new Map();

/** What was remembered, else null. */
export function recall(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return page.get(key) ?? null;
  }
}

/** Remembers a text. */
export function remember(key, text) {
  try {
    localStorage.setItem(key, text);
  } catch {
    page.set(key, text);
  }
}
