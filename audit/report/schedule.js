// The schedule: in which months rows of the plans work on each component.

const WIDTH = 14; // columns of each component in the data: months, none marked, not to be told
const STEPS = 5; // shades; the number in the cell says the same

VIEWS.schedule = {
  async render(main) {
    const grids = await large("schedule");
    const body = el("div", { class: "panel" });
    const count = el("p", { class: "count", role: "status" });
    const update = () => {
      const docs = chosenDocs().filter((doc) => grids[doc.index] !== null && (!state.office || doc.office === state.office));
      count.textContent = t("schedule.count", { n: number(docs.length) });
      fill(body, scheduleTable(summed(docs.map((doc) => grids[doc.index]))));
    };
    append(main, [
      el("div", { class: "head" }, el("h1", {}, t("nav.schedule")), count),
      filterBar(["province", "year", "office", "text", "copies"], update),
      note(t("schedule.about")),
      body,
    ]);
    update();
  },
};

CONTROLS.office = (change) => {
  const offices = [...new Set(DOCS.map((doc) => doc.office))].sort(collator.compare);
  return choice("office", [["", t("filter.all_offices")], ...offices.map((office) => [office, office])], change);
};

/** Counts by component and column over some plans; each character of a grid is a count in base 36. */
function summed(grids) {
  const sums = new Array(WIDTH * (COMPONENTS.length + 2)).fill(0);
  for (const grid of grids) for (let n = 0; n < sums.length; n += 1) if (grid[n] !== "0") sums[n] += parseInt(grid[n], 36);
  return sums;
}

function scheduleTable(sums) {
  const most = Math.max(1, ...sums.filter((_, n) => n % WIDTH < 12));
  const lines = [];
  const line = (index, name, weight, title) => {
    const counts = sums.slice(index * WIDTH, (index + 1) * WIDTH);
    const whole = counts.reduce((sum, n) => sum + n, 0);
    lines.push(el("tr", {}, el("th", { scope: "row", title }, name), el("td", { class: "number" }, weight),
      counts.map((n, column) => scheduleCell(n, column, most)), el("td", { class: "number whole" }, number(whole))));
  };
  for (const area of AREAS) {
    lines.push(el("tr", { class: "group" }, el("th", { colspan: WIDTH + 3, scope: "rowgroup" }, `${area.id} ${area.name} (${number(area.weight || 0, 2)})`)));
    area.columns.forEach((n) => line(n, `${COMPONENTS[n].short} ${COMPONENTS[n].name}`, number(COMPONENTS[n].weight || 0, 2), columnName(COMPONENTS[n])));
  }
  lines.push(el("tr", { class: "group" }, el("th", { colspan: WIDTH + 3, scope: "rowgroup" }, t("schedule.outside"))));
  line(COMPONENTS.length, t("schedule.others"), "", t("schedule.outside"));
  line(COMPONENTS.length + 1, t("schedule.guessed"), "", t("schedule.guessed"));
  const heads = [...Array.from({ length: 12 }, (_, n) => t(`month.${n + 1}`).slice(0, 3)), t("schedule.none"), t("schedule.unknown"), t("schedule.whole")];
  return el("div", { class: "wide-table" }, el("table", { class: "schedule" }, el("caption", { class: "hidden" }, t("nav.schedule")),
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, t("component")), el("th", { scope: "col" }, t("weight")), heads.map((head) => el("th", { scope: "col" }, head)))),
    el("tbody", {}, lines)));
}

function scheduleCell(n, column, most) {
  const shade = n && column < 12 ? Math.ceil((STEPS * n) / most) : 0;
  return el("td", { class: `number ${column < 12 ? `shade-${shade}` : "aside"}` }, n ? number(n) : "");
}
