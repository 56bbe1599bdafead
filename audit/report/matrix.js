// The heat map: a line per decree, a column per component. Only the lines in sight are in the page; all of them on paper.

const ROW = 26; // pixels: height of a line, the same in report.css
const SPARE = 6; // lines drawn above and below those in sight, so that scrolling shows no gap
const LOWEST = 320; // pixels: least height of the table, the same in report.css
const AROUND = 200; // pixels: what stands above and below the table at least
const LEAD = 4; // columns before the components: office, year, weight missing, findings

VIEWS.matrix = {
  render(main) {
    const matrix = new Matrix();
    const bar = filterBar(["province", "year", "component", "status", "text", "sort", "copies"], () => matrix.update());
    append(main, [
      el("div", { class: "head" }, el("h1", {}, t("nav.matrix")), matrix.count),
      bar,
      el("div", { class: "strip-line" }, legend(["present", "missing", "uncertain", "not-in-form", "no-plan"]), matrix.strip),
      matrix.scroller,
      componentLegend(),
    ]);
    matrix.update();
    return matrix;
  },
};

/** The full names of the columns, for paper and for whoever wants to read them all. */
function componentLegend() {
  return el("details", { class: "names" }, el("summary", {}, t("matrix.names")), el("div", { class: "names-list" }, AREAS.map((area) =>
    el("div", {}, el("h3", {}, `${area.id} ${area.name} (${number(area.weight || 0, 2)})`), el("ul", {}, area.columns.map((n) =>
      el("li", {}, el("b", {}, COMPONENTS[n].short), ` ${COMPONENTS[n].name} `, muted(number(COMPONENTS[n].weight || 0, 2)))))))));
}

class Matrix {
  constructor() {
    this.docs = [];
    this.from = -1;
    this.active = [0, 0];
    this.printing = false;
    this.count = el("p", { class: "count", role: "status" });
    this.strip = el("p", { class: "strip", "aria-live": "polite" }, t("matrix.hint"));
    this.lines = [];
    this.above = spacer();
    this.below = spacer();
    this.none = el("tr", { hidden: true }, el("td", { class: "empty", colspan: LEAD + COMPONENTS.length }, t("none.rows")));
    this.body = el("tbody", {}, this.above, this.below, this.none);
    this.shares = el("tr", { class: "shares" });
    this.table = el("table", { class: "matrix", role: "grid", "aria-label": t("nav.matrix"), "aria-colcount": LEAD + COMPONENTS.length }, this.columns(), this.head(), this.body);
    this.scroller = el("div", { class: "scroller" }, this.table);
    this.scroller.addEventListener("scroll", () => this.draw());
    addMatrixKeys(this);
  }

  columns() {
    const kinds = ["office", "year", "missing", "found", ...COMPONENTS.map(() => "component")];
    return el("colgroup", {}, kinds.map((kind) => el("col", { class: `col-${kind}` })));
  }

  head() {
    const sortable = (order, label, about) =>
      el("th", { rowspan: 3, scope: "col", class: `lead ${order}`, "aria-sort": state.sort === order ? (order === "name" ? "ascending" : "descending") : "none" },
        el("button", { type: "button", title: about, onclick: () => this.sort(order) }, label),
        el("span", { class: "on-paper", "aria-hidden": "true" }, label)); // browsers leave buttons out of heads that they repeat
    const areas = AREAS.map((area) =>
      el("th", { colspan: area.columns.length, scope: "colgroup", class: `area ${area.columns.length < 3 ? "narrow" : ""}`, title: `${area.name} (${t("weight")} ${area.weight})` },
        el("span", {}, area.columns.length < 3 ? area.id : `${area.id} ${area.name}`), el("b", {}, number(area.weight || 0, 2))));
    const codes = COMPONENTS.map((c) =>
      el("th", { scope: "col", class: `code ${isFirst(c) ? "first" : ""} ${c.aspect || ""}`, tabindex: -1, "aria-label": columnName(c) }, c.short));
    const weights = COMPONENTS.map((c) => el("td", { class: isFirst(c) ? "first" : "" }, c.weight === null ? "" : weightShort(c.weight)));
    return el("thead", {},
      el("tr", { class: "areas" }, sortable("name", t("office")), sortable("year", t("filter.year")),
        sortable("missing", t("matrix.missing.short"), t("matrix.missing")), sortable("found", t("matrix.found.short"), t("matrix.found.about")), areas),
      el("tr", { class: "codes" }, codes),
      el("tr", { class: "weights" }, weights),
      this.shares);
  }

  sort(order) {
    state.sort = order;
    const select = byId("filter-sort");
    if (select) select.value = order;
    this.table.querySelectorAll("th.lead").forEach((head) => {
      head.setAttribute("aria-sort", head.classList.contains(order) ? (order === "name" ? "ascending" : "descending") : "none");
    });
    this.update();
  }

  /** Takes the filters anew. */
  update() {
    this.docs = matrixDocs();
    this.from = -1;
    this.active = [0, 0];
    this.table.setAttribute("aria-rowcount", this.docs.length + 4);
    const whole = DOCS.filter((doc) => state.copies || isOriginal(doc)).length;
    this.count.textContent = t("matrix.count", { n: number(this.docs.length), all: number(whole) });
    this.drawShares();
    this.scroller.scrollTop = 0;
    this.draw();
  }

  drawShares() {
    const planned = this.docs.filter((doc) => doc.cells !== null);
    const present = new Array(COMPONENTS.length).fill(0);
    for (const doc of planned) for (let n = 0; n < present.length; n += 1) if (doc.cells[n] === "p" || doc.cells[n] === "P") present[n] += 1;
    const cells = present.map((n, index) => el("td", { class: isFirst(COMPONENTS[index]) ? "first" : "" }, planned.length ? Math.round((100 * n) / planned.length) : ""));
    fill(this.shares, el("th", { colspan: LEAD, scope: "row" }, t("matrix.shares")), cells);
  }

  /** Shows the lines in sight. Lines are used again, and only cells that say something else now are touched: that is what makes it fast. */
  draw() {
    const height = Math.max(LOWEST, window.innerHeight - AROUND);
    const first = this.printing ? 0 : Math.max(0, Math.floor(this.scroller.scrollTop / ROW) - SPARE);
    const last = this.printing ? this.docs.length : Math.min(this.docs.length, first + Math.ceil(height / ROW) + 2 * SPARE);
    if (first === this.from && last === this.to) return;
    this.from = first;
    this.to = last;
    const focused = this.body.contains(document.activeElement);
    while (this.lines.length > last - first) this.lines.pop().remove();
    while (this.lines.length < last - first) this.lines.push(this.body.insertBefore(emptyLine(), this.below));
    this.lines.forEach((line, n) => tellLine(line, this.docs[first + n], first + n));
    space(this.above, first);
    space(this.below, this.docs.length - last);
    this.none.hidden = this.docs.length > 0;
    this.mark();
    if (focused) this.focusActive();
  }

  print(on) {
    this.printing = on;
    this.from = -1;
    this.draw();
  }
}

const shortOffice = (doc) => doc.office.replace(/^Kabupaten /, `${t("kabupaten.short")} `);
const isFirst = (component) => component.index === 0 || COMPONENTS[component.index - 1].area !== component.area;
const columnName = (c) => `${c.id} ${c.name}${c.weight === null ? "" : ` (${t("weight")} ${number(c.weight, 2)})`}`;
const weightShort = (weight) => number(weight, 2).replace(/^0(?=[.,])/, "");

/** A line without a decree: office, year, weight missing, findings, components. */
function emptyLine() {
  const office = el("a", { tabindex: -1, dir: "auto" });
  const cells = COMPONENTS.map((component) => el("td", { class: `cell ${isFirst(component) ? "first" : ""}` }));
  const line = el("tr", {}, el("th", { scope: "row", class: "office" }, office), el("td"), el("td", { class: "number" }), el("td", { class: "number found" }), cells);
  line.signs = "";
  return line;
}

/** Makes a line tell of a decree. */
function tellLine(line, doc, row) {
  line.row = row;
  line.setAttribute("aria-rowindex", row + 5);
  line.className = doc.of === null ? "" : "copy";
  const [office, year, missing, found] = line.cells;
  office.title = docName(doc);
  office.firstChild.href = `#/decree/${doc.id}`;
  office.firstChild.textContent = doc.of === null ? shortOffice(doc) : `${t("copy")}: ${shortOffice(doc)}`;
  year.textContent = doc.year ?? "–";
  missing.textContent = doc.cells === null ? "–" : number(doc.missing, 2);
  const [errors, warnings] = doc.found;
  fill(found, errors ? [el("b", {}, errors), "/"] : null, errors || warnings ? warnings : "–");
  const signs = signsOf(doc);
  for (let n = 0; n < signs.length; n += 1) if (signs[n] !== line.signs[n]) tellSign(line.cells[LEAD + n], signs[n], isFirst(COMPONENTS[n]));
  line.signs = signs;
}

function tellSign(cell, sign, first) {
  const status = statusOf(sign);
  const decided = sign !== sign.toLowerCase();
  cell.className = `cell ${status}${first ? " first" : ""}${decided ? " decided" : ""}`;
  cell.setAttribute("aria-label", decided ? `${t(`status.${status}`)}, ${t("standing.override")}` : t(`status.${status}`));
  cell.textContent = STATUS_SIGN[status];
}

/** Room for lines that are not drawn. */
const spacer = () => el("tr", { class: "spacer", "aria-hidden": "true" }, el("td", { colspan: LEAD + COMPONENTS.length }));

function space(line, lines) {
  line.hidden = lines === 0;
  line.style.height = `${lines * ROW}px`;
}
