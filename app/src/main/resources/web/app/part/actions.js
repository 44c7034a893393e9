/** What a person can do: buttons, and the dialog that asks who and why before anything happens. */

import { act, urls } from '../api.js';
import { h } from '../dom.js';
import { recall, remember } from '../memory.js';

const ACTOR = 'ringside.actor';
const LABELS = { start: 'Start', stop: 'Stop', promote: 'Promote', 'roll-back': 'Roll back', champion: 'Change' };

/** The verbs that make sense for an experiment, or for one region of it. */
export function verbs(view, region = null) {
  return (region ? regionVerbs(view, region) : experimentVerbs(view)).map(([verb, consequence, text]) =>
    h(
      'button.button',
      {
        type: 'button',
        class: verb === 'start' && !region ? 'button-primary' : null,
        'data-do': 'ask',
        'data-verb': verb,
        'data-url': urls.verb(view.name, verb),
        'data-segment': region?.segment,
        'data-title': `${LABELS[verb]} ${view.name}${region ? ` / ${region.segment}` : ''}`,
        'data-consequence': consequence,
        'data-testid': `${verb}-${view.name}${region ? `-${region.segment}` : ''}`,
      },
      text ?? LABELS[verb],
    ),
  );
}

function experimentVerbs(view) {
  const challenger = view.arms.at(-1)?.version;
  if (view.state === 'draft') {
    return [
      [
        'start',
        `The regions of wave 1 begin to split their units. ${challenger} then serves its share of real traffic.`,
      ],
    ];
  }
  return view.state === 'running'
    ? [['stop', 'All regions that run or wait end without a verdict. The champions stay, and what is counted stays.']]
    : [];
}

function regionVerbs(view, region) {
  if (view.state === 'draft') return [];
  const challenger = view.arms.at(-1)?.version;
  const { segment } = region;
  const promote = [
    'promote',
    `${challenger} becomes the champion of ${segment}, whatever the evidence says, and serves all its units.`,
  ];
  const stop = [
    'stop',
    `${segment} ends without a verdict and the champion serves all its units. What is counted stays.`,
  ];
  const begin = `${segment} begins to split its units: ${challenger} serves its share of real traffic.`;
  switch (region.state) {
    case 'waiting':
      return [['start', `${begin} It does not wait for its wave.`, 'Start now'], stop];
    case 'running':
      return [
        promote,
        ['roll-back', `${challenger} is taken out of ${segment}; the champion serves all its units.`],
        stop,
      ];
    case 'promoted':
      return [['roll-back', `The champion before ${challenger} serves all units of ${segment} again.`]];
    default:
      return [
        ['start', `${begin} Nothing that was counted before says anything about it.`, 'Start again'],
        ...(region.started_at ? [promote] : []),
      ];
  }
}

/** Opens the dialog for a button that asks. */
export function ask(button, done) {
  const { verb, url, segment, title, consequence, fields, expected } = button.dataset;
  const choices = fields ? JSON.parse(fields) : null;
  const dialog = form({ title, consequence, verb, choices });
  document.body.append(dialog);
  dialog.addEventListener('close', () => {
    dialog.remove();
    if (button.isConnected) button.focus();
  });
  dialog.querySelector('form').addEventListener('submit', (event) => {
    event.preventDefault();
    send(dialog, url, { segment, expected }, done);
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

async function send(dialog, url, fixed, done) {
  const entered = Object.fromEntries(new FormData(dialog.querySelector('form')));
  const { actor, ...body } = Object.fromEntries(Object.entries(entered).map(([name, text]) => [name, text.trim()]));
  if (!actor) return complain(dialog, 'Who: a name is needed.');
  if (!body.why) return complain(dialog, 'Why: a reason is needed.');
  const submit = dialog.querySelector('[type=submit]');
  submit.disabled = true;
  try {
    const given = Object.entries({ ...fixed, ...body }).filter(([, value]) => value);
    await act(url, actor, Object.fromEntries(given));
    remember(ACTOR, actor);
    dialog.close();
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
