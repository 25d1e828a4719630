// A message or form, as it was sent to Discord, -> what Discord shows. The frame around it is drawn by
// @skyra/discord-components-core; its buttons and embeds are of an older look, and of the newer layout it knows nothing.
import '@skyra/discord-components-core';
import { html, nothing, render } from 'lit';
import { markdown } from '/markdown.js';

const KIND = {
  row: 1,
  button: 2,
  select: 3,
  input: 4,
  channels: 8,
  section: 9,
  text: 10,
  thumbnail: 11,
  gallery: 12,
  file: 13,
  separator: 14,
  container: 17,
  label: 18
};
const STYLES = { 1: 'primary', 2: 'secondary', 3: 'success', 4: 'danger', 5: 'secondary' };
const HINTS = { [KIND.select]: 'Make a selection', [KIND.channels]: 'Select channels' };

// Where the library draws as Discord did in 2021.
const LOOKS = {
  'discord-embed': `
    :host .discord-embed-wrapper { background: var(--raised); border: 1px solid var(--line); border-left: 0; max-width: 516px; }
    :host .discord-embed-image { max-width: min(400px, 100%); max-height: 300px; }
    :host .discord-embed-title { color: var(--strong); }`,
  'discord-quote': '.discord-quote-divider { flex: none; background: var(--bar); }',
  'discord-command':
    ':host .discord-slash-command-name { background: none; color: var(--link) !important; padding: 0; } :host .discord-context-command-name { color: var(--link) !important; opacity: 1; } .discord-context-user { margin-right: 6px; }',
  'discord-message':
    ':host .discord-message-ephemeral-link { color: var(--link); } .discord-message-content { min-width: 0; }'
};

export async function show(context) {
  const { shown, theme, narrow } = context;
  document.body.className = `${theme} ${narrow ? 'narrow' : ''}`;
  render(nothing, document.body);
  const body = shown.form ? form(shown.payload, context) : message(shown, context);
  render(html`<div id="shot">${body}</div>`, document.body);
  await new Promise(requestAnimationFrame);
  for (const [name, look] of Object.entries(LOOKS))
    document.querySelectorAll(name).forEach((one) => modernise(one, look));
  await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
  await document.fonts.ready;
}

function message(shown, context) {
  const { payload, files } = shown;
  const light = context.theme === 'light';
  const used = JSON.stringify([payload.embeds, payload.components]);
  const loose = Object.keys(files).filter((name) => !used.includes(`attachment://${name}`));
  return html`<discord-messages ?light-theme=${light} no-background>
    <discord-message
      author="corpusbot"
      avatar=${portrait('”', '#2e7d32')}
      bot
      ?ephemeral=${shown.ephemeral}
      ?light-theme=${light}
      timestamp=${new Date(context.told.recorded_at * 1000).toLocaleTimeString('en-GB', { timeStyle: 'short' })}
    >
      ${shown.does ? replied(shown, light) : nothing}
      <span class="text">${markdown(payload.content, context)}</span>
      ${(payload.embeds ?? []).map((one) => embed(one, shown, context))}
      <div slot="attachments">${loose.map((name) => attachment(name, files))}</div>
      <div slot="components" class="components">${parts(payload.components, context)}</div>
    </discord-message>
  </discord-messages>`;
}

function replied(shown, light) {
  const face = portrait(shown.by[0].toUpperCase(), '#5865f2');
  if (shown.does.startsWith('@'))
    return html`<discord-reply slot="reply" author=${shown.by} avatar=${face} ?light-theme=${light}
      >${shown.does}</discord-reply
    >`;
  const type = shown.does.startsWith('/') ? 'slash_command' : 'message_command';
  return html`<discord-command
    slot="reply"
    type=${type}
    author=${shown.by}
    avatar=${face}
    command=${shown.does.replace('/', '')}
    context-user-name="root"
    context-user-image=${portrait('R', '#a0522d')}
    context-message-reply=${shown.about ?? ''}
    ?light-theme=${light}
  ></discord-command>`;
}

// --- the newer layout -------------------------------------------------------------------------------------------

function parts(list, context) {
  return (list ?? []).map((one) => part(one, context));
}

function part(one, context) {
  switch (one.type) {
    case KIND.container:
      return html`<div
        class="container"
        style=${one.accent_color == null ? '' : `--accent: ${colour(one.accent_color)}`}
      >
        ${parts(one.components, context)}
      </div>`;
    case KIND.text:
      return html`<div class="text">${markdown(one.content, context)}</div>`;
    case KIND.section:
      return html`<div class="section">
        <div>${parts(one.components, context)}</div>
        ${part(one.accessory, context)}
      </div>`;
    case KIND.separator:
      return html`<div
        class="separator ${one.divider === false ? '' : 'line'} ${one.spacing === 2 ? 'large' : ''}"
      ></div>`;
    case KIND.row:
      return html`<div class="row">${parts(one.components, context)}</div>`;
    case KIND.button:
      return html`<span class="button ${STYLES[one.style]} ${one.disabled ? 'disabled' : ''}"
        >${one.emoji ? html`<span class="emoji">${one.emoji.name}</span>` : nothing}${one.label ?? nothing}</span
      >`;
    case KIND.gallery:
      return html`<div class="gallery">
        ${one.items.map((item) => html`<img src=${picture(item.media.url, context)} alt=${item.description ?? ''} />`)}
      </div>`;
    case KIND.thumbnail:
      return html`<img class="thumbnail" src=${picture(one.media.url, context)} />`;
    case KIND.file:
      return attachment(one.file.url.replace('attachment://', ''), context.shown.files);
    default:
      return select(one, context);
  }
}

function select(one, context) {
  const chosen = (one.options ?? []).filter((option) => option.default).map((option) => option.label);
  const names = (one.default_values ?? []).map((value) => `#${context.told.channels?.[value.id] ?? value.id}`);
  const shown = [...chosen, ...names].join(', ');
  const hint = one.placeholder ?? HINTS[one.type] ?? `component of type ${one.type}`;
  return html`<div class="select">
      ${shown ? html`<span>${shown}</span>` : html`<span class="hint">${hint}</span>`}<span class="arrow">⌄</span>
    </div>
    ${context.open && one.options ? choices(one.options) : nothing}`;
}

// A menu as it stands open; Discord shows some seven at a time, and cuts what is longer than a line.
function choices(options) {
  return html`<div class="choices">
    ${options.map(
      (option) =>
        html`<div class="choice ${option.default ? 'chosen' : ''}">
          <div>${option.label}</div>
          ${option.description ? html`<small>${option.description}</small>` : nothing}
        </div>`
    )}
  </div>`;
}

function form(payload, context) {
  return html`<div class="form">
    <div class="title">${payload.title}</div>
    ${payload.components.map(
      (label) =>
        html`<div class="label">
          <div class="name">
            ${label.label}${label.component?.required === false ? nothing : html`<span class="needed"> *</span>`}
          </div>
          ${label.description ? html`<div class="description">${label.description}</div>` : nothing}
          ${
            label.component?.type === KIND.input
              ? html`<div class="input ${label.component.style === 2 ? 'paragraph' : ''}">
                  ${label.component.value || html`<span class="hint">${label.component.placeholder ?? ''}</span>`}<span
                    class="count"
                    >${label.component.max_length ?? ''}</span
                  >
                </div>`
              : part(label.component ?? label, context)
          }
        </div>`
    )}
    <div class="row end"><span class="button secondary">Cancel</span><span class="button primary">Submit</span></div>
  </div>`;
}

// --- embeds and files ---------------------------------------------------------------------------------------------

function embed(one, shown, context) {
  const light = context.theme === 'light';
  const image = one.image ? picture(one.image.url, context) : undefined;
  return html`<discord-embed
    slot="embeds"
    embed-title=${one.title ?? ''}
    color=${colour(one.color ?? 0x1e1f22)}
    .image=${image}
    ?light-theme=${light}
  >
    ${one.description ? html`<discord-embed-description slot="description" class="text small">${markdown(one.description, context)}</discord-embed-description>` : nothing}
    ${one.fields?.length ? html`<discord-embed-fields slot="fields">${one.fields.map((field) => html`<discord-embed-field field-title=${field.name} ?inline=${field.inline} ?light-theme=${light}><span class="text small">${markdown(field.value, context)}</span></discord-embed-field>`)}</discord-embed-fields>` : nothing}
    ${one.footer ? html`<discord-embed-footer slot="footer" ?light-theme=${light}>${one.footer.text}</discord-embed-footer>` : nothing}
  </discord-embed>`;
}

function modernise(element, look) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(look);
  element.shadowRoot.adoptedStyleSheets.push(sheet);
}

function attachment(name, files) {
  if (/\.(png|jpe?g|gif|webp)$/.test(name)) return html`<img class="loose" src=${source(name, files)} />`;
  const bytes = Math.floor((files[name]?.length ?? 0) * 0.75);
  const size = bytes < 1024 ? `${bytes} bytes` : `${(bytes / 1024).toFixed(2)} KB`;
  return html`<div class="file">
    <span class="emoji">📄</span>
    <div><a href="#">${name}</a><small>${size}</small></div>
  </div>`;
}

function picture(url, context) {
  return url.startsWith('attachment://') ? source(url.replace('attachment://', ''), context.shown.files) : url;
}

function source(name, files) {
  return `data:image/${name.split('.').at(-1)};base64,${files[name] ?? ''}`;
}

function colour(number) {
  return `#${number.toString(16).padStart(6, '0')}`;
}

function portrait(letter, background) {
  const drawn = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><rect width="40" height="40" fill="${background}"/><text x="20" y="27" font-size="20" font-family="Noto Sans" fill="#fff" text-anchor="middle">${letter}</text></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(drawn)}`;
}
