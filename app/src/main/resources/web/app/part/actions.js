/** What a person can do: buttons, and the dialog that asks who and why before anything happens. */

import { act, urls } from '../api.js';
import { announce } from '../announce.js';
import { h } from '../dom.js';
import { recall, remember } from '../memory.js';

const ACTOR = 'ringside.actor';
const LABELS = {
  start: 'Start',
  stop: 'Stop',
  pause: 'Pause',
  resume: 'Resume',
  promote: 'Promote',
  'roll-back': 'Roll back',
  'end-holdback': 'End holdback',
  delete: 'Delete',
  champion: 'Change',
};

/** What is done to a draft and what takes its document away. */
const METHODS = { delete: 'DELETE' };

/** What can be done to an experiment, or to one region of it: the API says what is legal now. */
export function verbs(view, region = null) {
  const acts = (region ?? view).acts ?? [];
  return acts
    .map((act) => act.replaceAll('_', '-'))
    .filter((verb) => LABELS[verb] && (region || view.state === 'draft' || verb !== 'start'))
    .map((verb) => {
      const [consequence, text] = region ? inRegion(view, region, verb) : inExperiment(view, verb);
      return h(
        'button.button',
        {
          type: 'button',
          class: verb === 'start' && !region ? 'button-primary' : null,
          'data-do': 'ask',
          'data-verb': verb,
          'data-method': METHODS[verb],
          'data-url': verb === 'delete' ? urls.experiment(view.name) : urls.verb(view.name, verb),
          'data-segment': region?.segment,
          'data-title': `${LABELS[verb]} ${view.name}${region ? ` / ${region.segment}` : ''}`,
          'data-consequence': consequence,
          'data-testid': `${verb}-${view.name}${region ? `-${region.segment}` : ''}`,
        },
        text ?? LABELS[verb],
      );
    });
}

function inExperiment(view, verb) {
  const challenger = view.arms.at(-1)?.version;
  return [
    {
      start: `The regions of wave 1 begin to split their units. ${challenger} then serves its share of real traffic.`,
      stop: 'All regions that run or wait end without a verdict. The champions stay, and what is counted stays.',
      pause: 'In all regions that run, everybody gets the champion until they are resumed or ended.',
      resume: 'All paused regions go on in a new epoch. What was counted before is not compared with what comes.',
      promote: `${challenger} becomes the champion of every region where it runs, whatever the evidence says.`,
      'roll-back': `${challenger} is taken out of every region where it runs or was promoted.`,
      'end-holdback': `Units that were held back get ${challenger} like all others.`,
      delete: 'The draft and its document are removed. It never ran, so nothing was counted.',
    }[verb],
  ];
}

function inRegion(view, region, verb) {
  const challenger = view.arms.at(-1)?.version;
  const { segment } = region;
  const serves = region.serving?.version;
  const begin = `${segment} begins to split its units: ${challenger} serves its share of real traffic.`;
  const proof = region.evidence?.proven === 'better' ? 'as was proven' : 'though it is not proven better';
  switch (verb) {
    case 'start':
      return region.state === 'waiting'
        ? [`${begin} It does not wait for its wave, is decided by itself and must prove more.`, 'Start now']
        : [`${begin} Nothing that was counted before says anything about it. It is another attempt and must prove more.`, 'Start again'];
    case 'promote':
      return [`${challenger} becomes the champion of ${segment}, ${proof}, and serves all its units.`];
    case 'roll-back':
      return region.state === 'running' || region.state === 'paused'
        ? [`${challenger} is taken out of ${segment}; the champion serves all its units.`]
        : [`The champion before ${serves ?? challenger} serves all units of ${segment} again.`];
    case 'stop':
      return [`${segment} ends without a verdict and the champion serves all its units. What is counted stays.`];
    case 'pause':
      return [`Everybody in ${segment} gets the champion until it is resumed or ended.`];
    case 'resume':
      return [`${segment} goes on in a new epoch. What was counted before is not compared with what comes.`];
    default:
      return [inExperiment(view, verb)[0]];
  }
}

/** Opens the dialog for a button that asks. */
export function ask(button, done) {
  const { verb, url, segment, title, consequence, fields, expected, method } = button.dataset;
  const choices = fields ? JSON.parse(fields) : null;
  const dialog = form({ title, consequence, verb, choices });
  document.body.append(dialog);
  dialog.addEventListener('close', () => {
    dialog.remove();
    // What was pressed may be gone with what was done: the reader goes on at the heading, not at the page's beginning.
    const again = button.isConnected ? button : document.querySelector(`[data-testid="${button.dataset.testid}"]`);
    focusOn(again ?? document.querySelector('main h1'));
  });
  dialog.querySelector('form').addEventListener('submit', (event) => {
    event.preventDefault();
    send(dialog, { url, method, title }, { segment, expected }, done);
  });
  dialog.querySelector('[data-cancel]').addEventListener('click', () => dialog.close());
  dialog.showModal();
  dialog.querySelector(dialog.querySelector('[name=actor]').value ? '[name=why]' : '[name=actor]').focus();
}

function form({ title, consequence, verb, choices }) {
  const field = (name, text, hint, input) =>
    h('label.field', h('span.field-label', text), input, hint && h('span.field-hint', { id: `hint-${name}` }, hint));
  return h(
    'dialog.dialog',
    { 'aria-labelledby': 'dialog-title', 'data-testid': 'confirm' },
    h(
      'form',
      h('h2', { id: 'dialog-title' }, title),
      h('p', consequence),
      choices &&
        field(
          choices.name,
          choices.label,
          null,
          h(
            'select',
            { name: choices.name, required: choices.required },
            choices.options.map((text) => h('option', { value: text }, text || choices.none)),
          ),
        ),
      field(
        'actor',
        'Who',
        'Goes to the audit trail, marked as not verified.',
        h('input', {
          name: 'actor',
          required: true,
          maxlength: 200,
          autocomplete: 'username',
          value: recall(ACTOR) ?? '',
          'aria-describedby': 'hint-actor',
        }),
      ),
      field(
        'why',
        'Why',
        null,
        h('textarea', {
          name: 'why',
          required: true,
          rows: 3,
          placeholder: 'One sentence that others will understand in a month',
        }),
      ),
      h('p.dialog-error', { role: 'alert', 'data-testid': 'confirm-error', hidden: true }),
      h(
        'div.dialog-buttons',
        h('button.button', { type: 'button', 'data-cancel': true }, 'Cancel'),
        h('button.button.button-primary', { type: 'submit', 'data-testid': 'confirm-yes' }, LABELS[verb]),
      ),
    ),
  );
}

function focusOn(node) {
  if (!node) return;
  if (node.tagName === 'H1') node.setAttribute('tabindex', '-1');
  node.focus({ preventScroll: true });
}

async function send(dialog, { url, method, title }, fixed, done) {
  const entered = Object.fromEntries(new FormData(dialog.querySelector('form')));
  const { actor, ...body } = Object.fromEntries(Object.entries(entered).map(([name, text]) => [name, text.trim()]));
  if (!actor) return complain(dialog, 'Who: a name is needed.');
  if (!body.why) return complain(dialog, 'Why: a reason is needed.');
  const submit = dialog.querySelector('[type=submit]');
  submit.disabled = true;
  try {
    const given = Object.entries({ ...fixed, ...body }).filter(([, value]) => value);
    await act(url, actor, Object.fromEntries(given), method);
    remember(ACTOR, actor);
    dialog.close();
    announce(`Done: ${title}`);
    done();
  } catch (error) {
    complain(dialog, error.message);
  } finally {
    submit.disabled = false;
  }
}

function complain(dialog, text) {
  const place = dialog.querySelector('[role=alert]');
  place.hidden = false;
  place.textContent = text;
}

/** A button that asks for more than who and why. */
export function choose(text, { verb, url, segment, title, consequence, expected, choices, testid }) {
  return h(
    'button.button.button-small',
    {
      type: 'button',
      'data-do': 'ask',
      'data-verb': verb,
      'data-url': url,
      'data-segment': segment,
      'data-title': title,
      'data-consequence': consequence,
      'data-expected': expected,
      'data-fields': JSON.stringify(choices),
      'data-testid': testid,
    },
    text,
  );
}
