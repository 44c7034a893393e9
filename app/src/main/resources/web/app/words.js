/** The words of the page: what a region's state is called, and what each statistical term means. */

/** How each state of a region is named, its icon and its tone. */
const STATUS = {
  waiting: { label: 'Waiting', icon: 'clock', tone: 'quiet' },
  running: { label: 'Running', icon: 'ring', tone: 'running' },
  untested: { label: 'Not tested yet', icon: 'ring', tone: 'quiet' },
  blocked: { label: 'Blocked', icon: 'pause', tone: 'blocked' },
  promoted: { label: 'Promoted', icon: 'up', tone: 'promoted' },
  rolled_back: { label: 'Rolled back', icon: 'down', tone: 'rolled-back' },
  inconclusive: { label: 'Inconclusive', icon: 'equal', tone: 'neutral' },
  stopped: { label: 'Stopped', icon: 'square', tone: 'neutral' },
};

/** The status of a region, from its state and, while it runs, its verdict. */
export function status(region) {
  if (region.state !== 'running') return STATUS[region.state] ?? STATUS.waiting;
  if (region.verdict === 'blocked') return STATUS.blocked;
  return untested(region) ? STATUS.untested : STATUS.running;
}

/** What an arm must have before anything is tested. */
const MINIMUM_UNITS = 100;
const MINIMUM_EVENTS = 25;

/** Why a running region's primary KPI is not tested yet; null if it is. */
export function untested(region) {
  if (region.state !== 'running' || !region.arms?.length) return null;
  const short = region.arms.filter((arm) => (arm.closed_units ?? 0) < MINIMUM_UNITS);
  if (short.length) {
    const counts = short.map((arm) => `${arm.variant} ${arm.closed_units ?? 0}`).join(', ');
    return `each arm needs ${MINIMUM_UNITS} closed units (${counts} so far)`;
  }
  const tested = (region.kpis ?? []).some((kpi) => kpi.role === 'primary' && kpi.interval);
  return tested ? null : `each arm needs ${MINIMUM_EVENTS} closed units with a value other than zero`;
}

/** Terms and what they mean, for people who do not test for a living. */
export const TERMS = {
  exposed: 'Units that got a prediction in this arm. A unit counts once, at its first prediction.',
  closed:
    'Units whose outcome window has passed, so that nothing about them can change any more. Verdicts use only these.',
  closed_share: 'The share of exposed units that are closed. The rest is still open and shown in grey.',
  open: 'Units whose outcomes may still come in. They are counted when their day closes.',
  difference: 'The KPI of the challenger minus the KPI of the champion, per unit, over closed units.',
  interval:
    'Where the true difference is likely to lie. It holds however often you look; an interval that does not touch zero is evidence.',
  repeated: 'Repeated confidence interval: valid at each planned weekly look. Shown with a verdict.',
  final:
    'Interval at the stop, around the median-unbiased estimate: it allows for the looks that were taken. Shown with a verdict.',
  sequence: 'Confidence sequence: valid at every moment, so wider. Shown until there is a verdict.',
  minimum_effect:
    'The smallest difference worth finding. It was registered before the start and sets how long a test runs.',
  information:
    'How much of the planned evidence is in: 100 % is enough to find the minimum effect. Promotion can be decided from 25 % on.',
  srm: 'Sample-ratio mismatch: the arms are not filled as planned, so units got lost somewhere and no comparison can be trusted. Alarm at a Bayes factor of 1,000.',
  crossed: 'Units later seen in another arm. They stay in their first; above 0.5 % promotion is blocked.',
  fell_back:
    'Units that the champion answered because their version failed or was late. They count for the arm they were assigned.',
  primary: 'The one KPI that decides promotion.',
  guardrail: 'Must be proven not worse than its margin.',
  monitor: 'Shown only; never decides.',
  digest: 'A fingerprint of all that the verdict was made from. A replay of the log gives the same one.',
  look: 'Each time a day closes, all closed days are judged anew: harm every time, promotion weekly from the second week on.',
  overrun: 'Units that were still open when the region ended. They never change its verdict.',
  horizon:
    'Every event with an earlier time is counted. It moves when all writers have said that they are done up to there.',
  coverage: 'The share of units that take part. The others get the champion and are not compared.',
  epoch: 'A stretch with fixed rules. A change of split, arms or champion opens the next.',
  spool: 'Events that a router has answered for and that Kafka does not have yet.',
  break_glass: 'Segments that a person has forced to the champion at this router.',
  counted: 'In the KPI of at least one experiment.',
  outside:
    'The unit is known, but the outcome belongs to no running experiment, or lies before the exposure or past the window.',
  late: 'In the window, but received after its day had closed. Sent to outcomes-late.',
  unmatched: 'No prediction of this unit came in time. Sent to dead-letter.',
  duplicates: 'Copies of an outcome that was received before.',
  superseded: 'Replaced by a later revision, or taken back.',
  pending: 'Not final yet.',
};
