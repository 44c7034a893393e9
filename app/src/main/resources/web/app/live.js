/** The server's news: one event stream, opened again whenever it breaks. */

import { urls } from './api.js';

const RETRY = 3000;

/**
 * Follows the stream for the life of the page. The browser reconnects by itself after a broken connection but gives up
 * after a refused one (a server that is starting answers 503), so that case is ours.
 *
 * @param heard called with each piece of news, and with null after each reconnection: something may have been missed
 * @param changed called with true when the stream is open and false when it is not
 */
export function follow(heard, changed, again = false) {
  const source = new EventSource(urls.stream);
  let opened = again;
  source.addEventListener('open', () => {
    changed(true);
    // The server says at once how it stands; before the first time nothing can have been missed.
    if (opened) heard(null);
    opened = true;
  });
  source.addEventListener('changed', (event) => heard(JSON.parse(event.data)));
  source.addEventListener('error', () => {
    changed(false);
    if (source.readyState === EventSource.CLOSED) setTimeout(() => follow(heard, changed, true), RETRY);
  });
}
