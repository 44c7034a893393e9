/** The control plane's API: reading with what was read last, and the verbs. */

const entries = new Map();
const NOTHING = Object.freeze({ value: undefined, error: null });

/** A failure in the server's own words. */
export class ApiError extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

/** What is known of an address: its last good answer, and the error since, if any. */
export const peek = (url) => entries.get(url) ?? NOTHING;

/** All addresses that were ever read. */
export const everRead = () => [...entries.keys()];

/**
 * What a page needs: an address, and for answers that are costly and rarely change, what they depend on.
 *
 * @param stamp the answer is read again only when this is another one; undefined for always
 */
export const need = (url, stamp = undefined) => ({ url, stamp });

/** Whether what is known may be out of date. */
export function isDue({ url, stamp }) {
  const entry = peek(url);
  return stamp === undefined || entry.error !== null || entry.value === undefined || entry.stamp !== stamp;
}

/** Reads an address again. Never throws: the error is kept beside the last good answer. */
export async function load({ url, stamp }) {
  try {
    const value = await request(url, { headers: { accept: 'application/json' } });
    entries.set(url, { value, stamp, error: null });
  } catch (error) {
    const before = peek(url);
    const gone = error.status === 404;
    entries.set(url, { ...before, value: gone ? undefined : before.value, error });
  }
}

/** Asks the control plane to do something, in a person's name. */
export function act(url, actor, body, method = 'POST') {
  const headers = { 'content-type': 'application/json', 'x-ringside-actor': actorHeader(actor) };
  return method === 'DELETE'
    ? request(`${url}?why=${part(body.why)}`, { method, headers })
    : request(url, { method, headers, body: JSON.stringify(body) });
}

/** A name as a header's value: as it is in ASCII, else encoded as RFC 8187 says. */
function actorHeader(actor) {
  return /^(?!utf-8'')[\x20-\x7e]*$/i.test(actor)
    ? actor
    : `UTF-8''${encodeURIComponent(actor).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)}`;
}

async function request(url, options) {
  let response;
  try {
    response = await fetch(url, { ...options, cache: 'no-store', signal: AbortSignal.timeout(20000) });
  } catch (error) {
    const late = error.name === 'TimeoutError';
    throw new ApiError(late ? 'The server did not answer within 20 seconds.' : 'The server cannot be reached.', 0);
  }
  const text = await response.text();
  const body = parse(text);
  if (!response.ok) {
    throw new ApiError(
      body?.error ?? `The server answered ${response.status} ${response.statusText}.`,
      response.status,
    );
  }
  if (body === undefined) throw new ApiError(`The server's answer to ${url} is not JSON.`, response.status);
  return body;
}

function parse(text) {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const part = encodeURIComponent;

/** Where things are. */
export const urls = {
  experiments: '/api/experiments',
  experiment: (name) => `/api/experiments/${part(name)}`,
  series: (name, segment) => `/api/experiments/${part(name)}/regions/${part(segment)}/series`,
  cohorts: (name, segment) => `/api/experiments/${part(name)}/regions/${part(segment)}/cohorts`,
  look: (id) => `/api/looks/${part(id)}`,
  run: (name, segment, run) => `/api/experiments/${part(name)}/regions/${part(segment)}/series?run=${run}`,
  verb: (name, verb) => `/api/experiments/${part(name)}/${verb}`,
  slots: '/api/slots',
  champion: (slot) => `/api/slots/${part(slot)}/champion`,
  rollBack: (slot) => `/api/slots/${part(slot)}/roll-back`,
  versions: (slot) => `/api/slots/${part(slot)}/versions`,
  auditOf: (subject, limit = 50) => `/api/audit?subject=${part(subject)}&limit=${limit}`,
  audit: (limit = 200, before = null) => `/api/audit?limit=${limit}${before === null ? '' : `&before=${before}`}`,
  clock: '/api/clock',
  policy: '/api/policy',
  standstills: '/api/standstills',
  fleet: '/api/fleet',
  books: '/api/books',
  stream: '/api/stream',
};

/** Where things are on this page. */
export const links = {
  experiment: (name) => `#/experiments/${part(name)}`,
  region: (name, segment) => `#/experiments/${part(name)}/${part(segment)}`,
  run: (name, segment, run) => `#/experiments/${part(name)}/${part(segment)}/${run}`,
};

/** What verdicts are decided by; it changes with a release only. */
export const policyNeed = need(urls.policy, 'once');

/** The numbers that verdicts are decided by; none until they are read. */
export const policy = () => peek(urls.policy).value ?? {};

/** A region's curve by cohort week grows with a look only, at the region or at what is held back behind its promotion. */
export const cohortsNeed = (name, region) =>
  need(urls.cohorts(name, region.segment), `${region.look_id}|${region.holdback?.since?.as_of}`);

/** A region's series is as long as the experiment, and grows with a look only. */
export const seriesNeed = (name, region) => need(urls.series(name, region.segment), String(region.look_id));
