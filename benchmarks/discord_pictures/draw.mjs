// Draws what `record.py` has written, as Discord shows it: one PNG per message, theme and width.
//
//     node draw.mjs PAYLOADS.json OUT_FOLDER [--only NAME …] [--themes dark light] [--widths desktop phone] [--scale 2]
//
// Chromium is the one in CHROMIUM, or `chromium` as Debian installs it. Nothing is asked of the network.
import { mkdir, readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import markdown from 'discord-markdown-parser';
import { chromium } from 'playwright-core';

const HOME = fileURLToPath(new URL('.', import.meta.url));
const ORIGIN = 'http://pictures.invalid'; // no such host: every request is answered from this folder, or refused
const TYPES = { '.css': 'text/css', '.html': 'text/html', '.js': 'text/javascript' };
const WIDTHS = { desktop: 820, phone: 390 }; // CSS pixels of the column of messages

const { heading, subtext } = markdown.rulesExtended;
const parse = markdown.SimpleMarkdown.parserFor({
  ...markdown.rulesExtended,
  heading: atLineStart(heading),
  subtext: atLineStart(subtext)
});

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', multiple: true },
    themes: { type: 'string', multiple: true, default: ['dark', 'light'] },
    widths: { type: 'string', multiple: true, default: Object.keys(WIDTHS) },
    scale: { type: 'string', default: '2' }
  }
});
if (positionals.length !== 2) {
  console.error(
    'usage: node draw.mjs PAYLOADS.json OUT_FOLDER [--only NAME] [--themes dark] [--widths phone] [--scale 2]'
  );
  process.exit(2);
}
const [payloadsFile, folder] = positionals;
const told = JSON.parse(await readFile(payloadsFile, 'utf8'));
await mkdir(folder, { recursive: true });

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox']
});
try {
  for (const width of options.widths) await drawAll(width);
} finally {
  await browser.close();
}

async function drawAll(width) {
  const page = await browser.newPage({
    viewport: { width: WIDTHS[width], height: 800 },
    deviceScaleFactor: Number(options.scale),
    locale: 'en-GB',
    timezoneId: 'UTC'
  });
  page.on('pageerror', (error) => console.error(`in the page: ${error.message}`));
  await page.route('**', serve);
  await page.goto(`${ORIGIN}/page.html`);
  await page.waitForFunction(() => window.show !== undefined);
  const counts = new Map();
  for (const shown of told.shown) {
    const number = (counts.get(shown.scene) ?? 0) + 1;
    counts.set(shown.scene, number);
    if (options.only && !options.only.includes(shown.scene)) continue;
    const name = number > 1 ? `${shown.scene}-${number}` : shown.scene;
    const looks = options.themes.map((theme) => ({ theme, open: false, file: `${name}.${theme}.${width}.png` }));
    // What stands in a menu is seen only when it is open.
    if (hasChoices(shown.payload))
      looks.push({ theme: options.themes[0], open: true, file: `${name}.open.${width}.png` });
    for (const { theme, open, file } of looks) {
      const what = {
        shown,
        theme,
        open,
        narrow: width === 'phone',
        parsed: parsedTexts(shown.payload),
        told: { ...told, shown: [] }
      };
      await page.evaluate((context) => window.show(context), what);
      await page.locator('#shot').screenshot({ path: join(folder, file) });
    }
  }
  await page.close();
}

function hasChoices(payload) {
  return Object.entries(payload ?? {}).some(
    ([key, value]) => key === 'options' || (typeof value === 'object' && hasChoices(value))
  );
}

// The parser's own rules forget that a line also begins after a block quote.
function atLineStart(rule) {
  const match = (source, state) =>
    rule.match(source, {
      ...state,
      prevCapture: !state.prevCapture || state.prevCapture[0].endsWith('\n') ? null : ['x']
    });
  return { ...rule, match };
}

// Markdown is parsed here, since the parser is no module that a page could load; the page looks each text up.
function parsedTexts(payload, found = {}) {
  for (const value of Object.values(payload ?? {})) {
    if (typeof value === 'string') found[value] ??= parse(value, { inline: true });
    else if (typeof value === 'object') parsedTexts(value, found);
  }
  return found;
}

async function serve(route) {
  const url = new URL(route.request().url());
  const path = normalize(decodeURIComponent(url.pathname)).slice(1);
  if (url.origin !== ORIGIN || path.startsWith('..')) return route.abort();
  try {
    await route.fulfill({
      body: await readFile(join(HOME, path)),
      contentType: TYPES[extname(path)] ?? 'application/octet-stream'
    });
  } catch {
    await route.fulfill({ status: 404, body: '' });
  }
}
