// Tables: pages of a long list, all of it (up to a bound) on paper.

const PAGE_SIZE = 50; // rows: as many as a person scrolls through before filtering
const PRINT_MOST = 2000; // rows on paper; more is announced, not cut silently

/**
 * A table of many rows in pages.
 *
 * `columns` are {title, cell(row), class}; `rows` may be replaced with `.rows = [...]`; `group(row)` gives a heading wherever it changes.
 */
class PagedTable {
  constructor(caption, columns, { group = null, empty = t("none.rows"), rowClass = () => "" } = {}) {
    Object.assign(this, { columns, group, empty, rowClass, page: 0, all: [], printing: false });
    this.body = el("tbody");
    this.count = el("p", { class: "count", role: "status" });
    this.pager = el("div", { class: "pager" });
    const heads = columns.map((column) => el("th", { scope: "col", class: column.class }, column.title));
    this.element = el(
      "div",
      { class: "paged" },
      el("div", { class: "above" }, this.count, this.pager),
      el("div", { class: "wide-table" }, el("table", { class: "list" }, el("caption", { class: "hidden" }, caption), el("thead", {}, el("tr", {}, heads)), this.body)),
    );
  }

  set rows(rows) {
    this.all = rows;
    this.page = 0;
    this.draw();
  }

  draw() {
    const size = this.printing ? PRINT_MOST : PAGE_SIZE;
    const start = this.printing ? 0 : this.page * size;
    const rows = this.all.slice(start, start + size);
    const lines = [];
    let before = null;
    for (const row of rows) {
      const heading = this.group && this.group(row);
      if (heading && heading !== before) lines.push(el("tr", { class: "group" }, el("th", { colspan: this.columns.length, scope: "rowgroup" }, heading)));
      before = heading;
      lines.push(el("tr", { class: this.rowClass(row) }, this.columns.map((column) => el("td", { class: column.class }, column.cell(row)))));
    }
    if (!rows.length) lines.push(el("tr", {}, el("td", { colspan: this.columns.length, class: "empty" }, this.empty)));
    this.body.replaceChildren(...lines);
    const words = { first: number(rows.length ? start + 1 : 0), last: number(start + rows.length), all: number(this.all.length) };
    this.count.textContent = t(this.printing && this.all.length > rows.length ? "list.cut" : "list.shown", words);
    this.drawPager();
  }

  drawPager() {
    const pages = Math.ceil(this.all.length / PAGE_SIZE);
    if (pages < 2) {
      this.pager.replaceChildren();
      return;
    }
    const turn = (to, label, off) => el("button", { type: "button", disabled: off, onclick: () => this.turn(to) }, label);
    fill(
      this.pager,
      turn(this.page - 1, t("list.before"), this.page === 0),
      el("span", {}, t("list.page", { page: number(this.page + 1), pages: number(pages) })),
      turn(this.page + 1, t("list.next"), this.page >= pages - 1),
    );
  }

  turn(page) {
    this.page = page;
    this.draw();
    this.element.scrollIntoView({ block: "start" });
    const next = this.pager.querySelectorAll("button:not([disabled])");
    if (next.length) next[next.length - 1].focus({ preventScroll: true });
  }

  print(on) {
    this.printing = on;
    this.draw();
  }
}

/** A plain table of few rows: heads, and lines of cells. */
function simpleTable(caption, heads, lines, name = "list") {
  return el(
    "div",
    { class: "wide-table" },
    el(
      "table",
      { class: name },
      el("caption", { class: "hidden" }, caption),
      el("thead", {}, el("tr", {}, heads.map((head) => el("th", { scope: "col" }, head)))),
      el("tbody", {}, lines.map((line) => el("tr", {}, line.map((cell) => el("td", {}, cell))))),
    ),
  );
}
