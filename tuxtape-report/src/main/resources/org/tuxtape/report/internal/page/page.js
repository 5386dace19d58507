
'use strict';
(() => {
  const table = document.getElementById('map');
  const form = document.getElementById('filter');
  const body = table.tBodies[0];
  const states = [...form.elements.state.options].map(option => option.text);

  const rows = [...body.rows].map((line, place) => {
    const head = line.cells[0];
    const id = head.firstElementChild.textContent;
    const [, year, number] = id.split('-').map(Number);
    return {
      line, place, text: head.textContent.toLowerCase(), card: document.getElementById(id),
      cells: [...line.querySelectorAll('td[data-k]')].slice(1),
      cve: year * 1e12 + number, score: parseFloat(line.cells[1].textContent),
    };
  });

  const isWanted = (cell, state) => !state
    || (state === 'exposed' ? cell.classList.contains('exposed') : cell.textContent === state);

  const filter = () => {
    const words = form.elements.text.value.toLowerCase().split(/\s+/);
    const state = form.elements.state.value;
    const kernel = form.elements.kernel ? form.elements.kernel.value : '';
    let shown = 0;
    for (const row of rows) {
      const cells = kernel === '' ? row.cells : [row.cells[kernel]];
      const hidden = !(words.every(word => row.text.includes(word)) && cells.some(cell => isWanted(cell, state)));
      row.line.hidden = hidden;
      row.card.hidden = hidden;
      shown += hidden ? 0 : 1;
    }
    form.querySelector('output').value = `${shown} of ${rows.length} CVEs`;
  };

  const key = column => row => {
    if (column === 'cve') return row.cve;
    if (column === 'score') return Number.isNaN(row.score) ? -1 : row.score;
    return states.indexOf(row.cells[column].textContent);
  };

  const arrange = compare => {
    rows.sort((one, two) => compare(one, two) || one.place - two.place);
    const lines = document.createDocumentFragment();
    rows.forEach(row => lines.append(row.line));
    body.append(lines);
  };

  const sort = column => {
    // Numbers begin with the highest, states with the first.
    const first = column === 'cve' || column === 'score' ? 'descending' : 'ascending';
    const other = first === 'ascending' ? 'descending' : 'ascending';
    const head = table.querySelector(`th[data-sort="${column}"]`);
    const order = head.getAttribute('aria-sort') === first ? other : first;
    table.querySelectorAll('[aria-sort]').forEach(sorted => sorted.removeAttribute('aria-sort'));
    head.setAttribute('aria-sort', order);
    const value = key(column);
    const sign = order === 'ascending' ? 1 : -1;
    arrange((one, two) => sign * (value(one) - value(two)));
  };

  for (const head of table.querySelectorAll('th[data-sort]')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener('click', () => sort(head.dataset.sort));
  }
  form.addEventListener('submit', event => event.preventDefault());
  form.addEventListener('input', event => {
    if (event.target !== form.elements.order) return filter();
    table.querySelectorAll('[aria-sort]').forEach(sorted => sorted.removeAttribute('aria-sort'));
    return event.target.value ? sort(event.target.value) : arrange(() => 0);
  });
  form.hidden = false;
  filter();
})();
