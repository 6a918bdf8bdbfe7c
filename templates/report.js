/* SPDX-License-Identifier: MIT */
(() => {
	'use strict';
	const search = document.getElementById('search');
	const count = document.getElementById('count');
	const boxes = [...document.querySelectorAll('.outcomes input')];
	const findings = [...document.querySelectorAll('.finding')].map((node) => ({
		node,
		outcome: node.dataset.outcome,
		/* without the diff: a search for a role shall not find what is beside it */
		text: [...node.querySelectorAll('summary, .facts')]
			.map((part) => part.textContent).join(' ').toLowerCase(),
	}));

	/* Shows the findings that hold all words, of the outcomes that are ticked. */
	function filter() {
		const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
		const outcomes = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
		let shown = 0;
		for (const finding of findings) {
			const fits = outcomes.has(finding.outcome) &&
				words.every((word) => finding.text.includes(word));
			finding.node.hidden = !fits;
			shown += fits;
		}
		count.textContent = `${shown} of ${findings.length}`;
	}

	/* A link to a finding opens it, even when it was filtered out. */
	function follow() {
		const node = document.getElementById(decodeURIComponent(location.hash.slice(1)));
		if (!node || !node.classList.contains('finding'))
			return;
		node.hidden = false;
		node.open = true;
		node.scrollIntoView();
		node.querySelector('summary').focus({ preventScroll: true });
	}

	search.addEventListener('input', filter);
	for (const box of boxes)
		box.addEventListener('change', filter);
	window.addEventListener('hashchange', follow);
	document.addEventListener('keydown', (event) => {
		if (event.key === '/' && event.target !== search) {
			event.preventDefault();
			search.focus();
		}
	});
	filter();
	follow();

	/* ---- the matrix: a cell under the mouse or the arrow keys ---- */

	const picture = document.querySelector('.picture');
	const cells = document.querySelector('.matrix .cells');
	if (!cells)
		return;
	const spot = document.getElementById('spot');
	const rows = [...document.querySelectorAll('.matrix .rows text')];
	const columns = [...document.querySelectorAll('.matrix .columns text')];
	const cursor = cells.querySelector('.cursor');
	const size = Number(cells.dataset.size);
	const known = new Map([...cells.querySelectorAll('.cell')]
		.map((cell) => [cell.dataset.at, cell]));
	let row = -1, column = -1;

	function name(label) {
		return label.querySelector('title').textContent;
	}

	function go(r, c) {
		for (const label of [rows[row], columns[column]])
			label?.classList.remove('lit');
		row = Math.max(0, Math.min(r, rows.length - 1));
		column = Math.max(0, Math.min(c, columns.length - 1));
		rows[row].classList.add('lit');
		columns[column].classList.add('lit');
		cursor.setAttribute('x', column * size + 1);
		cursor.setAttribute('y', row * size + 1);
		cursor.removeAttribute('visibility');
		const cell = known.get(`${row},${column}`);
		spot.textContent = cell ? cell.querySelector('title').textContent :
			`${name(rows[row])} → ${name(columns[column])}: no access`;
	}

	/* Keeps the cell in view, beside the labels that stay in place. */
	function reveal() {
		const left = document.querySelector('.matrix .rows').clientWidth;
		const top = document.querySelector('.matrix .columns').clientHeight;
		const x = column * size, y = row * size;
		if (x < picture.scrollLeft)
			picture.scrollLeft = x;
		else if (x + size + left > picture.scrollLeft + picture.clientWidth)
			picture.scrollLeft = x + size + left - picture.clientWidth;
		if (y < picture.scrollTop)
			picture.scrollTop = y;
		else if (y + size + top > picture.scrollTop + picture.clientHeight)
			picture.scrollTop = y + size + top - picture.clientHeight;
	}

	/* The findings about this principal and this key. */
	function choose() {
		if (row < 0 || !known.has(`${row},${column}`))
			return;
		search.value = [rows[row], columns[column]].filter((label) => label.dataset.search)
			.map((label) => label.dataset.search).join(' ');
		filter();
		search.focus();
	}

	const steps = {
		ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1],
		PageUp: [-10, 0], PageDown: [10, 0], Home: [0, -1e6], End: [0, 1e6],
	};
	picture.addEventListener('keydown', (event) => {
		if (event.key === 'Enter')
			choose();
		if (!steps[event.key])
			return;
		event.preventDefault();
		const [down, right] = row < 0 ? [0, 0] : steps[event.key];
		go(Math.max(row, 0) + down, Math.max(column, 0) + right);
		reveal();
	});
	cells.addEventListener('mousemove', (event) => {
		const box = cells.getBoundingClientRect();
		go(Math.floor((event.clientY - box.top) / size),
			Math.floor((event.clientX - box.left) / size));
	});
	cells.addEventListener('click', choose);
})();
