'use strict';
// Filters, sorts and opens the matrix. It fetches nothing, and makes elements of what stands in the page
// already; no text ever becomes markup.
(() => {
  const by = (id) => document.getElementById(id);
  const [table, shown, dialog] = [by('matrix'), by('shown'), by('detail')];
  const groups = [...table.tBodies];
  const rows = groups.flatMap((group) => [...group.querySelectorAll('tr.policy')]);
  const plain = (text) => text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
  const texts = new Map(rows.map((row) => [row, plain(row.textContent)]));
  const places = new Map(rows.map((row, at) => [row, at]));
  const first = 3;

  // Filters.
  const fields = ['text', 'group', 'class', 'family', 'verdict', 'bidder'].map((name) => [name, by('by-' + name)]);
  const filter = () => {
    const wanted = Object.fromEntries(fields.map(([name, field]) => [name, field.value]));
    const words = plain(wanted.text).split(' ').filter((word) => word);
    let count = 0;
    for (const group of groups) {
      let some = false;
      for (const row of group.querySelectorAll('tr.policy')) {
        const bids = [...row.cells].slice(first);
        const asked = wanted.bidder === '' ? bids : [bids[Number(wanted.bidder)]];
        const fits = (wanted.group === '' || group.dataset.group === wanted.group)
          && (wanted.class === '' || row.dataset.class === wanted.class)
          && (wanted.family === '' || row.dataset.family === wanted.family)
          && (wanted.verdict === '' || asked.some((cell) => cell.dataset.verdict === wanted.verdict))
          && words.every((word) => texts.get(row).includes(word));
        row.hidden = !fits;
        some = some || fits;
        count += fits ? 1 : 0;
      }
      group.hidden = !some;
    }
    const text = count === rows.length ? shown.dataset.whole : shown.dataset.part;
    shown.textContent = text.replace('{shown}', count).replace('{all}', rows.length);
    settle();
  };
  for (const [, field] of fields) {
    field.addEventListener('input', filter);
  }
  by('reset').addEventListener('click', () => {
    for (const [, field] of fields) {
      field.value = '';
    }
    filter();
    fields[0][1].focus();
  });

  // Order, within each group.
  const classes = ['mandatory', 'scored', 'reference', 'draft'];
  const keys = {
    policy: (row) => places.get(row),
    class: (row) => classes.indexOf(row.dataset.class),
    points: (row) => (row.dataset.points === '' ? -1 : Number(row.dataset.points)),
    bidder: (row, column) => Number(row.cells[column].dataset.rank),
  };
  const heads = [...table.tHead.rows[0].cells];
  const sort = (head) => {
    const down = head.getAttribute('aria-sort') === 'ascending';
    for (const other of heads) {
      other.removeAttribute('aria-sort');
    }
    head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
    const [key, column, sign] = [keys[head.dataset.by], head.cellIndex, down ? -1 : 1];
    const name = (row) => row.dataset.policy;
    const order = (a, b) => {
      if (head.dataset.by === 'policy') {
        return sign * (name(a) < name(b) ? -1 : name(a) > name(b) ? 1 : 0);
      }
      return sign * (key(a, column) - key(b, column)) || places.get(a) - places.get(b);
    };
    for (const group of groups) {
      group.append(...[...group.querySelectorAll('tr.policy')].sort(order));
    }
  };
  for (const head of heads) {
    const button = document.createElement('button');
    button.type = 'button';
    button.setAttribute('aria-label', head.textContent + ' ' + table.dataset.sort);
    // The words stay outside of the button: a browser does not repeat buttons at the head of printed pages.
    head.append(' ', button);
    head.addEventListener('click', () => sort(head));
  }

  // Keyboard: one cell of the table is in the order of the page, arrow keys move it.
  const visible = () => [...table.querySelectorAll('tr.policy')].filter((row) => !row.hidden && !row.parentElement.hidden);
  let current = null;
  const enter = (cell, focus) => {
    if (current) {
      current.tabIndex = -1;
    }
    current = cell;
    if (cell) {
      cell.tabIndex = 0;
      if (focus) {
        cell.focus();
        cell.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      }
    }
  };
  const settle = () => {
    const seen = visible();
    if (!current || !seen.includes(current.parentElement)) {
      enter(seen.length > 0 ? seen[0].cells[0] : null, false);
    }
  };
  const moves = {
    ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1],
    PageUp: [-10, 0], PageDown: [10, 0], Home: [0, -Infinity], End: [0, Infinity],
  };
  const within = (at, length) => Math.max(0, Math.min(length - 1, at));
  table.addEventListener('keydown', (event) => {
    const cell = event.target.closest('tr.policy > *');
    if (!cell || event.altKey || event.metaKey) {
      return;
    }
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      open(cell);
      return;
    }
    const move = moves[event.key];
    if (!move) {
      return;
    }
    event.preventDefault();
    const seen = visible();
    const far = event.ctrlKey && move[0] === 0 ? move[1] : move[0];
    const row = seen[within(seen.indexOf(cell.parentElement) + far, seen.length)];
    enter(row.cells[within(cell.cellIndex + move[1], row.cells.length)], true);
  });
  table.addEventListener('focusin', (event) => {
    const cell = event.target.closest('tr.policy > *');
    if (cell && cell !== current) {
      enter(cell, false);
    }
  });

  // Reasons and places.
  const open = (cell) => {
    const link = cell.querySelector('a');
    const detail = link && by(link.getAttribute('href').slice(1));
    if (!detail) {
      return;
    }
    const copy = detail.cloneNode(true);
    copy.removeAttribute('id');
    copy.querySelector('h4').id = 'detail-title';
    by('detail-body').replaceChildren(copy);
    enter(cell, true);
    dialog.showModal();
    by('close').focus();
  };
  table.addEventListener('click', (event) => {
    const cell = event.target.closest('tr.policy > td');
    if (cell && cell.querySelector('a') && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      open(cell);
    }
  });
  by('close').addEventListener('click', () => dialog.close());

  table.setAttribute('role', 'grid');
  for (const row of rows) {
    for (const cell of row.cells) {
      cell.tabIndex = -1;
      cell.setAttribute('role', cell.cellIndex === 0 ? 'rowheader' : 'gridcell');
    }
    for (const link of row.querySelectorAll('a')) {
      link.tabIndex = -1;
    }
  }
  by('controls').hidden = false;
  filter();
})();
