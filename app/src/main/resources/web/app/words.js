/** The words of the page: what a region's state is called, and what each statistical term means. */

import { policy } from './api.js';

/** How each state of a region is named, its icon and its tone. */
const STATUS = {
  waiting: { label: 'Waiting', icon: 'clock', tone: 'quiet' },
  running: { label: 'Running', icon: 'ring', tone: 'running' },
  untested: { label: 'Not tested yet', icon: 'ring', tone: 'quiet' },
  blocked: { label: 'Blocked', icon: 'pause', tone: 'blocked' },
  paused: { label: 'Paused', icon: 'pause', tone: 'blocked' },
  promoted: { label: 'Promoted', icon: 'up', tone: 'promoted' },
  promoted_by_hand: { label: 'Promoted by hand', icon: 'hand', tone: 'neutral' },
  rolled_back: { label: 'Rolled back', icon: 'down', tone: 'rolled-back' },
  rolled_back_by_hand: { label: 'Rolled back by hand', icon: 'hand', tone: 'neutral' },
  inconclusive: { label: 'Inconclusive', icon: 'equal', tone: 'neutral' },
  stopped: { label: 'Stopped', icon: 'square', tone: 'neutral' },
  superseded: { label: 'Champion changed since', icon: 'hand', tone: 'neutral' },
};

/** What must have been proven for a state to be the policy's own and not a person's. */
const PROOF = { promoted: 'better', rolled_back: 'worse' };

/** Whether a region is promoted or rolled back without proof: what serves is then a person's doing. */
export const byHand = ({ state, evidence }) => state in PROOF && evidence?.proven !== PROOF[state];

/** The status of a region: what was proven never looks like what somebody wanted. */
export function status(region) {
  if (byHand(region)) return STATUS[`${region.state}_by_hand`];
  if (region.state !== 'running') return STATUS[region.state] ?? STATUS.waiting;
  if (region.verdict === 'blocked') return STATUS.blocked;
  return untested(region) ? STATUS.untested : STATUS.running;
}

/** What was proven of a region, in words. */
export const EVIDENCE = {
  better: { label: 'Proven better', icon: 'up', tone: 'promoted' },
  worse: { label: 'Proven worse', icon: 'down', tone: 'rolled-back' },
  not_proven: { label: 'Nothing proven', icon: 'equal', tone: 'quiet' },
};

/** Why a running region's primary KPI is not tested yet; null if it is. */
export function untested(region) {
  if (region.state !== 'running' || !region.arms?.length) return null;
  const { minimum_units: units, minimum_events: events } = policy();
  const short = region.arms.filter((arm) => (arm.closed_units ?? 0) < units);
  if (short.length) {
    const counts = short.map((arm) => `${arm.variant} ${arm.closed_units ?? 0}`).join(', ');
    return `each arm needs ${units} closed units (${counts} so far)`;
  }
  const tested = (region.kpis ?? []).some((kpi) => kpi.role === 'primary' && kpi.interval);
  return tested || !events ? null : `both arms together need ${events} closed units with a value other than zero`;
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
    'How much of the planned evidence is in: 100 % is enough to find the minimum effect. Promotion can be decided from the tick on.',
  srm: 'Sample-ratio mismatch: the arms are not filled as planned, so units got lost somewhere and no comparison can be trusted. An alarm pauses the region: everybody gets the champion until a person decides.',
  crossed: 'Units later seen in another arm. They stay in their first; too many of them block a promotion.',
  evidence:
    'What the looks have proven: better, worse, or nothing. It stays whatever people do afterwards; what serves is another matter.',
  serving: 'The version that this region\u2019s units get, and who made it champion: the policy by its proof, or a person.',
  forced: 'A person made it champion without, or against, what was proven.',
  attempt:
    'How often the same two models were compared here within 90 days. Each further attempt must prove more, so that trying again and again finds nothing that is not there.',
  holdback:
    'Some units keep the old champion for a time after a promotion: they show what the promotion is worth, and harm that comes late.',
  cohort_week:
    'The difference among units that were first exposed in that week, each week by itself. An effect of novelty shrinks from week to week. It is shown and never decides.',
  change:
    'The first and the last week differ by more than chance gives, however often one looks: the effect fades, grows or turns.',
  since: 'The new champion less the old one, among units first exposed after the promotion: what the promotion is worth now.',
  waits: 'What must come in before more can be said, and when that can be at the earliest.',
  interim: 'Counts up to now, before anything is tested. They say whether data come in, not which arm is better.',
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
