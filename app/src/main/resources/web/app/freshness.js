/** Whether the numbers on the page are the server's newest. */

const PATIENCE = 5000;
let streamOpen = null;
let streamSince = Date.now();
let failure = null;
let lastGood = null;

/** The event stream was opened or broke. */
export function streamChanged(open) {
  if (open !== streamOpen) streamSince = Date.now();
  streamOpen = open;
}

/** A round of reading ended with these entries. */
export function refreshed(entries) {
  // An answer such as 404 or 409 is fresh too; only what could not be read makes numbers old.
  const broken = entries.find(({ error }) => error && (error.status === 0 || error.status >= 500));
  failure = broken?.error ?? null;
  if (!broken) lastGood = Date.now();
}

/** The state in a word, and since when it is so. */
export function freshness() {
  const since = lastGood;
  const lost = streamOpen === false && Date.now() - streamSince > PATIENCE;
  if (since && (failure || lost)) {
    return {
      state: 'stale',
      label: 'Stale',
      since,
      reason: failure?.message ?? 'The connection to the server is lost.',
    };
  }
  if (streamOpen && !failure) return { state: 'live', label: 'Live', since };
  return { state: 'connecting', label: streamOpen === null ? 'Connecting' : 'Reconnecting', since };
}
