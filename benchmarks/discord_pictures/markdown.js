// Discord's Markdown, parsed by discord-markdown-parser, -> what a page shows.
import { html, nothing } from 'lit';

const UNITS = [
  ['year', 31536000],
  ['month', 2592000],
  ['day', 86400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1]
];
const DATES = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' }
};

export function markdown(text, context) {
  return text ? nodes(context.parsed[text] ?? [{ type: 'text', content: text }], context) : nothing;
}

function nodes(found, context) {
  return typeof found === 'string' ? found : found.map((one) => node(one, context));
}

function node(one, context) {
  const inner = () => nodes(one.content, context);
  const light = context.theme === 'light';
  switch (one.type) {
    case 'text':
      return one.content;
    case 'br':
    case 'newline':
      return html`<br />`;
    case 'strong':
      return html`<strong>${inner()}</strong>`;
    case 'em':
      return html`<em>${inner()}</em>`;
    case 'underline':
      return html`<u>${inner()}</u>`;
    case 'strikethrough':
      return html`<s>${inner()}</s>`;
    case 'spoiler':
      return html`<discord-spoiler ?light-theme=${light}>${inner()}</discord-spoiler>`;
    case 'heading':
      return html`<div class="heading level-${one.level}">${inner()}</div>`;
    case 'subtext':
      return html`<small>${inner()}</small>`;
    case 'blockQuote':
      return html`<discord-quote ?light-theme=${light}
        ><span>${nodes(withoutLastBreak(one.content), context)}</span></discord-quote
      >`;
    case 'inlineCode':
      return html`<code>${one.content}</code>`;
    case 'codeBlock':
      return html`<pre>${one.content.replace(/\n$/, '')}</pre>`;
    case 'link':
    case 'url':
    case 'autolink':
      return html`<a href="#">${inner()}</a>`;
    case 'timestamp':
      return html`<discord-time>${time(Number(one.timestamp), one.format, context)}</discord-time>`;
    case 'user':
      return html`<discord-mention type="user" ?light-theme=${light}
        >${context.told.members?.[one.id] ?? one.id}</discord-mention
      >`;
    case 'channel':
      return html`<discord-mention type="channel" ?light-theme=${light}
        >${context.told.channels?.[one.id] ?? 'No Access'}</discord-mention
      >`;
    case 'role':
      return html`<discord-mention type="role" ?light-theme=${light}>${one.id}</discord-mention>`;
    case 'slashCommand':
      return html`<discord-mention type="slash" ?light-theme=${light}>${one.fullName}</discord-mention>`;
    case 'twemoji':
      return one.name;
    default:
      if (one.content === undefined) throw new Error(`no way to draw ${JSON.stringify(one)}`);
      return inner();
  }
}

// The line after a block quote begins anew by itself.
function withoutLastBreak(content) {
  return content.at(-1)?.type === 'br' ? content.slice(0, -1) : content;
}

function time(seconds, format, context) {
  if (format !== 'R')
    return new Intl.DateTimeFormat('en-GB', { ...DATES[format ?? 'f'], timeZone: 'UTC' }).format(seconds * 1000);
  const away = Math.round(seconds - context.told.recorded_at);
  const [unit, length] = UNITS.find(([, size]) => Math.abs(away) >= size) ?? UNITS.at(-1);
  return new Intl.RelativeTimeFormat('en', { numeric: 'always' }).format(Math.round(away / length), unit);
}
