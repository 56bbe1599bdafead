// The heat map under keyboard and pointer: one cell is in the tab order, arrows move it, the strip tells what it is.

const HEAD = -1; // the line of the heads, above the first decree

function addMatrixKeys(matrix) {
  const moves = {
    ArrowDown: [1, 0],
    ArrowUp: [-1, 0],
    ArrowRight: [0, 1],
    ArrowLeft: [0, -1],
    PageDown: [15, 0],
    PageUp: [-15, 0],
    Home: [0, -1000],
    End: [0, 1000],
  };
  matrix.table.addEventListener("keydown", (event) => {
    if (event.target.tagName === "BUTTON") return;
    if (event.key === "Enter" && matrix.active[0] >= 0 && matrix.docs.length) {
      location.hash = `#/decree/${matrix.docs[matrix.active[0]].id}`;
    }
    const move = event.ctrlKey && (event.key === "Home" || event.key === "End") ? [event.key === "Home" ? -1e6 : 1e6, 0] : moves[event.key];
    if (!move) return;
    event.preventDefault();
    matrix.go(matrix.active[0] + move[0], matrix.active[1] + move[1]);
  });
  matrix.table.addEventListener("focusin", (event) => matrix.tell(placeOf(event.target)));
  matrix.table.addEventListener("mouseover", (event) => matrix.tell(placeOf(event.target)));
  matrix.table.addEventListener("click", (event) => {
    const place = placeOf(event.target);
    if (place && place[0] >= 0 && place[1] > 0) location.hash = `#/decree/${matrix.docs[place[0]].id}`;
  });
}

/** Line and column (0: the office, then the components) of an element of the table; null for the rest. */
function placeOf(target) {
  const cell = target.closest("td,th");
  const line = cell && cell.parentElement;
  if (!line) return null;
  if (line.className === "codes") return [HEAD, cell.cellIndex + 1];
  if (line.row === undefined) return null;
  return [line.row, Math.max(0, cell.cellIndex - LEAD + 1)];
}

/** The element of a place, where it is drawn. */
Matrix.prototype.cellAt = function cellAt([row, column]) {
  if (row === HEAD) return column ? this.table.querySelectorAll("tr.codes th")[column - 1] : null;
  const line = this.lines[row - this.from];
  if (!line) return null;
  return column ? line.cells[LEAD + column - 1] : line.cells[0].firstChild;
};

Matrix.prototype.go = function go(row, column) {
  const columnTo = Math.min(Math.max(column, 0), COMPONENTS.length);
  const lowest = columnTo ? HEAD : 0;
  const rowTo = Math.min(Math.max(row, lowest), this.docs.length - 1);
  this.active = [rowTo, columnTo];
  if (rowTo >= 0) this.reveal(rowTo);
  this.mark();
  this.focusActive();
  const cell = this.cellAt(this.active);
  if (cell && columnTo) this.revealSideways(cell);
};

/** Puts the focus on the active cell; away from the table where that is out of sight. */
Matrix.prototype.focusActive = function focusActive() {
  const cell = this.cellAt(this.active);
  if (cell) cell.focus({ preventScroll: true });
  else document.activeElement.blur();
};

/** Scrolls so that a line stands below the heads and above the lower edge. */
Matrix.prototype.reveal = function reveal(row) {
  const head = this.table.tHead.offsetHeight;
  const top = row * ROW;
  const room = this.scroller.clientHeight - head - ROW;
  if (top < this.scroller.scrollTop) this.scroller.scrollTop = top;
  else if (top > this.scroller.scrollTop + room) this.scroller.scrollTop = top - room;
  this.draw();
};

Matrix.prototype.revealSideways = function revealSideways(cell) {
  const frozen = this.table.querySelector("th.lead").offsetWidth;
  const left = cell.offsetLeft - frozen;
  const right = cell.offsetLeft + cell.offsetWidth - this.scroller.clientWidth;
  if (left < this.scroller.scrollLeft) this.scroller.scrollLeft = left;
  else if (right > this.scroller.scrollLeft) this.scroller.scrollLeft = right;
};

/** Puts the active cell, and no other, into the tab order. */
Matrix.prototype.mark = function mark() {
  this.table.querySelectorAll('[tabindex="0"]').forEach((cell) => { cell.tabIndex = -1; });
  const cell = this.cellAt(this.active) || this.body.querySelector("th a");
  if (cell) cell.tabIndex = 0;
};

/** Says in the strip what a cell shows. */
Matrix.prototype.tell = function tell(place) {
  if (!place) return;
  const [row, column] = place;
  if (row >= 0) this.active = place;
  const component = column ? COMPONENTS[column - 1] : null;
  if (row === HEAD) {
    fill(this.strip, el("b", {}, columnName(component)), ` · ${areaName(component.area)}`);
    return;
  }
  const doc = this.docs[row];
  if (!component) {
    const more = doc.cells === null ? t("status.no-plan") : t("matrix.weights", { missing: number(doc.missing, 2), lacking: number(doc.lacking, 2) });
    fill(this.strip, el("b", { dir: "auto" }, docName(doc)), ` · ${more}`);
    return;
  }
  const sign = signsOf(doc)[column - 1];
  const status = statusOf(sign);
  fill(this.strip, el("span", { class: `cell ${status}`, "aria-hidden": "true" }, STATUS_SIGN[status]), ` ${t(`status.${status}`)}`,
    sign === sign.toLowerCase() ? "" : ` (${t("standing.override")})`, " · ", el("b", {}, columnName(component)), " · ", el("span", { dir: "auto" }, docName(doc)));
};
