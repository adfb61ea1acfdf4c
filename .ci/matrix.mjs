// Drives Chromium over its debugging pipe: opens the HTML matrix, filters, sorts, walks by keyboard, opens
// a cell, prints. What a reader would see is asserted; pictures are left for people to look at.
//
// usage: node matrix.mjs FOLDER PAGE...
// FOLDER gets the pictures and PDF files. No package is needed.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder, ...pages] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });

const options = [
  '--headless=new', '--disable-gpu', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--remote-debugging-pipe',
  `--user-data-dir=${resolve(folder, 'profile')}`, '--window-size=1400,1000',
];
if (process.getuid?.() === 0) {
  options.push('--no-sandbox');
}
const chromium = spawn('chromium', [...options, 'about:blank'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
const [to, from] = [chromium.stdio[3], chromium.stdio[4]];

// Messages are JSON, each with a null byte behind it.
let [next, rest] = [1, ''];
const waiting = new Map();
const events = [];
from.setEncoding('utf8');
from.on('data', (text) => {
  const parts = (rest + text).split('\0');
  rest = parts.pop();
  for (const part of parts) {
    const message = JSON.parse(part);
    if (message.id) {
      const [done, failed] = waiting.get(message.id);
      waiting.delete(message.id);
      message.error ? failed(new Error(JSON.stringify(message.error))) : done(message.result);
    } else {
      events.push(message);
    }
  }
});
let session;
const send = (method, params = {}, of = session) => new Promise((done, failed) => {
  const id = next++;
  waiting.set(id, [done, failed]);
  to.write(JSON.stringify({ id, method, params, sessionId: of }) + '\0');
});
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const limit = setTimeout(() => {
  console.error('Chromium does not answer');
  chromium.kill();
  process.exit(1);
}, 240_000);

const value = async (expression) => {
  const { result, exceptionDetails } = await send('Runtime.evaluate', { expression, returnByValue: true });
  assert.equal(exceptionDetails, undefined, JSON.stringify(exceptionDetails));
  return result.value;
};
const key = async (name, text, modifiers = 0) => {
  const codes = { Enter: 13, Escape: 27, Tab: 9, ArrowLeft: 37, ArrowUp: 38, ArrowRight: 39, ArrowDown: 40, Home: 36, End: 35 };
  const common = { key: name, code: name, windowsVirtualKeyCode: codes[name] ?? 0, modifiers };
  await send('Input.dispatchKeyEvent', { type: 'keyDown', text, ...common });
  await send('Input.dispatchKeyEvent', { type: 'keyUp', ...common });
  await pause(30);
};
const type = async (text) => {
  await send('Input.insertText', { text });
  await pause(60);
};
const click = async (selector) => {
  const place = await value(`(() => { const e = document.querySelector(${JSON.stringify(selector)}); e.scrollIntoView({ block: 'center' }); const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; })()`);
  const [x, y] = place;
  for (const kind of ['mousePressed', 'mouseReleased']) {
    await send('Input.dispatchMouseEvent', { type: kind, x, y, button: 'left', clickCount: 1 });
  }
  await pause(60);
};
// Chooses an option of a list by keys, as a person would.
const choose = async (selector, wanted) => {
  await value(`document.querySelector(${JSON.stringify(selector)}).focus()`);
  await key('Home');
  const at = await value(`[...document.querySelector(${JSON.stringify(selector)}).options].findIndex((o) => o.value === ${JSON.stringify(wanted)})`);
  assert.ok(at >= 0, `${selector} has no ${wanted}`);
  for (let step = 0; step < at; step += 1) {
    await key('ArrowDown');
  }
  assert.equal(await value(`document.querySelector(${JSON.stringify(selector)}).value`), wanted);
};
const SEEN = `[...document.querySelectorAll('#matrix tr.policy')].filter((row) => row.getClientRects().length > 0)`;
const seen = () => value(`${SEEN}.map((row) => row.dataset.policy)`);
const status = () => value(`document.getElementById('shown').textContent`);
const picture = async (name) => {
  const { data } = await send('Page.captureScreenshot', { format: 'png' });
  writeFileSync(join(folder, name), Buffer.from(data, 'base64'));
};

async function open(url, script = true) {
  await send('Emulation.setScriptExecutionDisabled', { value: !script });
  events.length = 0;
  await send('Page.navigate', { url });
  while (!events.some((event) => event.method === 'Page.loadEventFired')) {
    await pause(20);
  }
  await pause(100);
}

async function walk(page) {
  const name = basename(page, '.html');
  const url = pathToFileURL(resolve(page)).href;
  await open(url);
  const all = await seen();
  assert.ok(all.length > 50, `${all.length} policies are shown`);
  assert.equal(await value(`document.getElementById('controls').hidden`), false, 'the script runs');
  assert.match(await status(), new RegExp(String(all.length)));
  await picture(`${name}.png`);

  // By group, and back.
  const counts = {};
  for (const group of ['blocks', 'differs', 'same', 'draft']) {
    await choose('#by-group', group);
    counts[group] = (await seen()).length;
  }
  assert.equal(Object.values(counts).reduce((sum, count) => sum + count, 0), all.length, 'the groups add up');
  assert.ok(counts.blocks > 0 && counts.differs > 0);
  await choose('#by-group', 'blocks');
  await picture(`${name}-blocks.png`);
  assert.match(await status(), new RegExp(`${counts.blocks}`));
  await click('#reset');
  assert.deepEqual(await seen(), all, 'reset shows everything');

  // By text, typed; full-width letters find half-width ones.
  await click('#by-text');
  await type('ｌｏｇ-０');
  const logs = await seen();
  assert.ok(logs.length > 0 && logs.length < all.length && logs.some((id) => id.startsWith('LOG-')), String(logs));
  await click('#reset');

  // By verdict of one bidder, class and family.
  await choose('#by-verdict', 'fail');
  const fails = await seen();
  await choose('#by-bidder', '3');
  const own = await seen();
  assert.ok(own.length > 0 && own.length <= fails.length);
  const verdicts = await value(`${SEEN}.map((row) => row.cells[3 + 3].dataset.verdict)`);
  assert.ok(verdicts.every((verdict) => verdict === 'fail'), String(verdicts));
  await click('#reset');
  await choose('#by-class', 'scored');
  const scored = await seen();
  assert.ok(scored.length > 0 && scored.length < all.length);
  await click('#reset');
  await choose('#by-family', await value(`document.querySelector('#matrix tr.policy').dataset.family`));
  assert.ok((await seen()).length < all.length);
  await click('#reset');

  // Sorted by points within each group, down and up; the groups keep their order.
  const groups = () => value(`${SEEN}.map((row) => row.parentElement.dataset.group)`);
  const before = await groups();
  const head = '#matrix thead th:nth-child(3) button';
  await click(head);
  await click(head);
  assert.equal(await value(`document.querySelector('#matrix thead th:nth-child(3)').getAttribute('aria-sort')`), 'descending');
  const points = await value(`[...document.querySelectorAll('tbody[data-group="differs"] tr.policy')].map((row) => Number(row.dataset.points))`);
  assert.deepEqual(points, [...points].sort((a, b) => b - a), 'sorted by points');
  assert.deepEqual(await groups(), before, 'the groups keep their order');
  await picture(`${name}-sorted.png`);
  // By a bidder: the gravest first.
  await value(`document.querySelector('#matrix thead th:nth-child(5) button').focus()`);
  await key('Enter', '\r');
  const ranks = await value(`[...document.querySelectorAll('tbody[data-group="differs"] tr.policy')].map((row) => Number(row.cells[4].dataset.rank))`);
  assert.deepEqual(ranks, [...ranks].sort((a, b) => a - b), 'sorted by the bidder');

  // By keyboard alone: one stop in the table, arrows move, Enter opens, Escape goes back.
  assert.equal(await value(`document.querySelectorAll('#matrix tr.policy [tabindex="0"]').length`), 1);
  await value(`document.querySelector('#matrix tr.policy [tabindex="0"]').focus()`);
  for (const name of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowDown']) {
    await key(name);
  }
  const at = await value(`(() => { const c = document.activeElement; return [c.parentElement.dataset.policy, c.cellIndex, getComputedStyle(c).outlineStyle]; })()`);
  assert.equal(at[1], 3);
  assert.equal(at[2], 'solid', 'the focus is seen');
  await picture(`${name}-focus.png`);
  await key('Enter', '\r');
  assert.equal(await value(`document.getElementById('detail').open`), true);
  assert.match(await value(`document.getElementById('detail-body').textContent`), new RegExp(at[0]));
  await picture(`${name}-detail.png`);
  await key('Escape');
  assert.equal(await value(`document.getElementById('detail').open`), false);
  assert.deepEqual(await value(`(() => { const c = document.activeElement; return [c.parentElement.dataset.policy, c.cellIndex]; })()`), at.slice(0, 2), 'the focus is back');
  // By mouse.
  await click('#matrix td.stops a');
  assert.equal(await value(`document.getElementById('detail').open`), true);
  assert.match(await value(`document.getElementById('detail-body').textContent`), /yaml/, 'a place is named');
  await click('#close');

  // On a small screen nothing but the tables is wider than the screen.
  await send('Emulation.setDeviceMetricsOverride', { width: 360, height: 740, deviceScaleFactor: 2, mobile: true });
  await pause(100);
  assert.ok(await value(`document.documentElement.scrollWidth`) <= 360, 'no sideways scrolling');
  await picture(`${name}-small.png`);
  await send('Emulation.clearDeviceMetricsOverride');

  // Printed: A3 on its long side.
  await open(url);
  const { data } = await send('Page.printToPDF', { preferCSSPageSize: true, printBackground: true });
  writeFileSync(join(folder, `${name}.pdf`), Buffer.from(data, 'base64'));

  // Without the script everything is there, and no control that would not work.
  await open(url, false);
  await send('Emulation.setScriptExecutionDisabled', { value: false });
  assert.equal(await value(`document.getElementById('controls').hidden`), true);
  assert.equal((await seen()).length, all.length);
  assert.equal(await value(`[...document.querySelectorAll('#matrix td a')].every((a) => document.getElementById(a.getAttribute('href').slice(1)))`), true, 'links lead somewhere');

  // Nothing was asked for, nothing was refused, nothing failed.
  assert.deepEqual(asked.filter((address) => !address.startsWith('file:')), [], 'the page asks for something');
  assert.deepEqual(told, [], 'the browser complains');

  // The check itself: what is not the page's own script does not run.
  const strange = join(folder, `${name}-strange.html`);
  const text = readFileSync(page, 'utf8').replace('</main>', '<script>document.title = "ran"</script><img src="x" onerror="document.title = \'ran\'" alt="" /></main>');
  writeFileSync(strange, text);
  await open(pathToFileURL(resolve(strange)).href);
  assert.notEqual(await value('document.title'), 'ran');
  told.length = 0;
  asked.length = 0;
  console.log(`${name}: ${all.length} policies (${Object.entries(counts).map(([group, count]) => `${group} ${count}`).join(', ')})`);
}

const [asked, told] = [[], []];
try {
  const { targetInfos } = await send('Target.getTargets', {}, undefined);
  const { targetId } = targetInfos.find((target) => target.type === 'page');
  ({ sessionId: session } = await send('Target.attachToTarget', { targetId, flatten: true }, undefined));
  const push = events.push.bind(events);
  events.push = (event) => {
    if (event.method === 'Network.requestWillBeSent') {
      asked.push(event.params.request.url);
    }
    if (event.method === 'Runtime.exceptionThrown' || event.method === 'Log.entryAdded') {
      told.push(JSON.stringify(event.params));
    }
    return push(event);
  };
  for (const domain of ['Page', 'Runtime', 'Network', 'Log']) {
    await send(`${domain}.enable`);
  }
  for (const page of pages) {
    await walk(page);
  }
} finally {
  clearTimeout(limit);
  chromium.kill();
}
