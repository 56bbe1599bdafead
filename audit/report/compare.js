// Comparison across offices and years: copied plans, changes, outliers, consensus.

const CHANGES = ["added", "dropped", "reworded", "moved-months", "moved-indicator"];
let comparing = "similar";

VIEWS.compare = {
  async render(main) {
    const data = await large("compare");
    const parts = { similar: similarPart, changes: changesPart, outliers: outliersPart, consensus: consensusPart };
    const part = parts[comparing](data);
    const tabs = Object.keys(parts).map((name) =>
      el("button", { type: "button", "aria-pressed": String(name === comparing), id: `compare-${name}`, onclick: () => openPart(name) },
        t(`compare.${name}`)));
    append(main, [
      el("h1", {}, t("nav.compare")),
      el("div", { class: "tabs", role: "group", "aria-label": t("nav.compare") }, tabs),
      filterBar(part.filters, () => part.update()),
      note(t(`compare.${comparing}.about`)),
      el("div", { class: "panel" }, part.table.element),
    ]);
    part.update();
    return part.table;
  },
};

async function openPart(name) {
  comparing = name;
  await show();
  byId(`compare-${name}`).focus();
}

const chosenSet = () => new Set(chosenDocs().map((doc) => doc.index));
const known = (index) => DOCS[index] || null;
const docCell = (index) => (known(index) ? docLink(DOCS[index]) : nothing());

function shareBar(share) {
  const bar = el("div", { class: "share" }, el("span", {}), el("b", {}, percent(share)));
  bar.firstChild.style.width = `${Math.round(share * 100)}%`;
  return bar;
}

function similarPart(data) {
  const table = new PagedTable(t("compare.similar"), [
    { title: t("decree"), cell: (row) => docCell(row[0]) },
    { title: t("compare.other"), cell: (row) => docCell(row[1]) },
    { title: t("compare.share"), class: "share-cell", cell: (row) => shareBar(row[2]) },
    { title: t("compare.other_share"), class: "share-cell", cell: (row) => shareBar(row[3]) },
    { title: t("compare.rows"), class: "number", cell: (row) => t("summary.of", { n: row[4], all: row[5] }) },
    { title: t("compare.only_here"), class: "number", cell: (row) => row[6] },
    { title: t("filter.relation"), class: "nowrap", cell: (row) => t(`relation.${row[7]}`) },
  ]);
  const update = () => {
    const docs = chosenSet();
    table.rows = data.similar.filter((row) => (docs.has(row[0]) || docs.has(row[1])) && (!state.relation || row[7] === state.relation)).sort((a, b) => b[2] - a[2] || b[4] - a[4]);
  };
  return { table, update, filters: ["province", "year", "relation", "text"] };
}

function changesPart(data) {
  const table = new PagedTable(t("compare.changes"), [
    { title: t("decree"), cell: (row) => docCell(row[0]) },
    { title: t("compare.before"), cell: (row) => docCell(row[1]) },
    ...CHANGES.map((change, n) => ({ title: t(`change.${change}`), class: "number", cell: (row) => row[2 + n] || muted("0") })),
    { title: t("compare.doubtful"), class: "number", cell: (row) => (row[7] ? badge("review", `? ${row[7]}`) : muted("0")) },
  ]);
  const whole = (row) => CHANGES.reduce((sum, _, n) => sum + row[2 + n], 0);
  const update = () => {
    const docs = chosenSet();
    table.rows = data.changes.filter((row) => docs.has(row[0])).sort((a, b) => whole(b) - whole(a));
  };
  return { table, update, filters: ["province", "year", "text"] };
}

function outliersPart(data) {
  const table = new PagedTable(t("compare.outliers"), [
    { title: t("decree"), cell: (row) => docCell(row[0]) },
    { title: t("compare.figure"), cell: (row) => t(`figure.${row[1]}`) },
    { title: t("area"), cell: (row) => areaName(row[2]) },
    { title: t("compare.value"), class: "number", cell: (row) => [row[7] === "high" ? "▲ " : "▼ ", el("b", {}, number(row[3], 1)), ` ${t(`outlier.${row[7]}`)}`] },
    { title: t("compare.median"), class: "number", cell: (row) => number(row[4], 1) },
    { title: t("compare.range"), class: "number", cell: (row) => `${number(row[5], 1)} – ${number(row[6], 1)}` },
    { title: t("compare.plans"), class: "number", cell: (row) => number(row[8]) },
    { title: t("compare.doubtful"), class: "number", cell: (row) => (row[9] ? badge("review", `? ${row[9]}`) : muted("0")) },
  ]);
  const distance = (row) => Math.abs(row[3] - row[4]) / Math.max(1, row[6] - row[5]);
  const update = () => {
    const docs = chosenSet();
    table.rows = data.outliers.filter((row) => docs.has(row[0])).sort((a, b) => distance(b) - distance(a));
  };
  return { table, update, filters: ["province", "year", "text"] };
}

function consensusPart(data) {
  const component = (id) => (DATA.indicators[id] || [])[1] || id;
  const table = new PagedTable(t("compare.consensus"), [
    { title: t("compare.field"), cell: (row) => fieldName(row[1]) },
    { title: t("compare.wording"), cell: (row) => el("span", { dir: "auto" }, row[2]) },
    { title: t("summary.offices"), class: "number", cell: (row) => number(row[3]) },
    { title: t("compare.plans_using"), class: "number", cell: (row) => number(row[4]) },
    { title: t("compare.share_offices"), class: "share-cell", cell: (row) => shareBar(row[5]) },
  ], { group: (row) => indicatorName(row[0]) });
  const update = () => {
    const words = state.words.trim().toLowerCase();
    table.rows = data.consensus.filter((row) => (!state.component || component(row[0]) === state.component) && (!words || row[2].toLowerCase().includes(words)));
  };
  return { table, update, filters: ["component", "words"] };
}
