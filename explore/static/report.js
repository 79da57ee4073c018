// A value and its box on the page light up together, whichever of them is pointed at or focused.
// The arrow keys move within a table, Enter goes from a value to its box and back.
"use strict";

const cells = new Map();
const boxes = new Map();
for (const cell of document.querySelectorAll("td[data-cell]")) cells.set(cell.dataset.cell, cell);
for (const box of document.querySelectorAll("svg a[data-cell]")) boxes.set(box.dataset.cell, box);
const paper = document.getElementById("paper");
const said = document.getElementById("said");
let lit = null;

function light(number, from) {
  if (number === lit) return;
  if (lit !== null) for (const part of [cells.get(lit), boxes.get(lit)]) part?.classList.remove("lit");
  lit = number;
  const cell = cells.get(number);
  const box = boxes.get(number);
  cell?.classList.add("lit");
  box?.classList.add("lit");
  if (cell) describe(cell);
  if (box && paper && from !== "box") scrollWithin(paper, box);
  if (cell && from === "box") cell.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function scrollWithin(pane, part) {
  const frame = pane.getBoundingClientRect();
  const place = part.getBoundingClientRect();
  if (place.top < frame.top + 20 || place.bottom > frame.bottom - 20) {
    pane.scrollTop += place.top - frame.top - frame.height / 3;
  }
}

function describe(cell) {
  const data = cell.dataset;
  const parts = [`${data.name}: ${cell.innerText.trim()}`];
  for (const key of ["raw", "page", "reader", "suggested", "doubts"]) {
    if (data[key]) parts.push(`${said.dataset[key]} ${data[key]}`);
  }
  said.textContent = parts.join(" · ");
}

function numberOf(event) {
  return event.target.closest("[data-cell]")?.dataset.cell;
}

for (const kind of ["mouseover", "focusin"]) {
  document.addEventListener(kind, (event) => {
    const number = numberOf(event);
    if (number) light(number, event.target.closest("svg") ? "box" : "cell");
  });
}

document.addEventListener("click", (event) => {
  const number = numberOf(event);
  const cell = number && cells.get(number);
  if (!cell) return;
  event.preventDefault();
  light(number, event.target.closest("svg") ? "box" : "cell");
  makeCurrent(cell);
  cell.focus({ preventScroll: event.target.closest("td") !== null });
});

function makeCurrent(cell) {
  for (const other of cell.closest("table").querySelectorAll('td[tabindex="0"]')) other.tabIndex = -1;
  cell.tabIndex = 0;
}

function neighbour(cell, key) {
  const row = cell.parentElement;
  const own = [...row.querySelectorAll("td[data-cell]")];
  const at = own.indexOf(cell);
  if (key === "ArrowLeft") return own[at - 1];
  if (key === "ArrowRight") return own[at + 1];
  const next = key === "ArrowUp" ? row.previousElementSibling : row.nextElementSibling;
  return next && [...next.querySelectorAll("td[data-cell]")][at];
}

document.addEventListener("keydown", (event) => {
  const cell = event.target.closest("td[data-cell]");
  if (cell && event.key.startsWith("Arrow")) {
    const next = neighbour(cell, event.key);
    if (!next) return;
    event.preventDefault();
    makeCurrent(next);
    next.focus();
  } else if (cell && event.key === "Enter") {
    boxes.get(cell.dataset.cell)?.focus();
  }
});

for (const table of document.querySelectorAll("table[data-grid]")) {
  const first = table.querySelector("td[data-cell]");
  if (first) first.tabIndex = 0;
}
const target = location.hash.match(/^#cell-(\d+)$/);
if (target) light(target[1], "cell");
