// The first page: what is in the file, what is missing most, what was found, what could not be read.

const MOST = 10; // lines of a list of the worst: what fits beside the others on one screen

VIEWS.summary = {
  render(main) {
    const docs = DOCS.filter(isOriginal);
    const planned = docs.filter((doc) => doc.cells !== null);
    const counts = countSigns(planned);
    append(main, [
      el("h1", {}, t("nav.summary")),
      el("div", { class: "cards" }, cards(docs, counts)),
      el("div", { class: "columns" },
        section("areas", t("summary.areas"), byArea(planned), legend(["present", "missing", "uncertain", "not-in-form"])),
        section("severities", t("summary.findings"), bySeverity())),
      el("div", { class: "columns" },
        section("gaps", t("summary.gaps"), mostMissing(planned)),
        section("worst", t("summary.worst"), worstOffices(planned))),
      el("div", { class: "columns" },
        section("codes", t("summary.codes"), byCode()),
        section("years", t("summary.years"), byYear(planned))),
      section("failures", t("summary.failures"), failures()),
    ]);
  },
};

function countSigns(docs, columns = null) {
  const counts = { present: 0, missing: 0, uncertain: 0, "not-in-form": 0, "no-plan": 0 };
  for (const doc of docs) {
    const signs = signsOf(doc);
    if (columns) columns.forEach((n) => { counts[statusOf(signs[n])] += 1; });
    else for (const sign of signs) counts[statusOf(sign)] += 1;
  }
  return counts;
}

function cards(docs, counts) {
  const offices = new Set(docs.map((doc) => doc.code || doc.office)).size;
  const copies = DOCS.length - docs.length;
  const all = counts.present + counts.missing + counts.uncertain || 1; // a form that lacks a component asks none of its plan
  const errors = sumTally((row) => row[1] === "error" && row[3] !== "dismissed");
  const looks = sumTally((row) => row[2] === "look" && row[3] !== "dismissed");
  const years = YEARS.length ? (YEARS.length > 1 ? `${YEARS[0]}–${YEARS[YEARS.length - 1]}` : YEARS[0]) : "–";
  const card = (value, label, more, kind) =>
    el("div", { class: `card ${kind || ""}` }, el("strong", {}, value), el("span", {}, label), more ? el("small", {}, more) : null);
  return [
    card(number(docs.length), t("summary.decrees"), copies ? t("summary.copies", { n: number(copies) }) : null),
    card(number(offices), t("summary.offices"), t("summary.span", { years })),
    card(percent(counts.present / all), t("summary.present"), t("summary.of", { n: number(counts.present), all: number(all) }), "present"),
    card(number(counts.missing), t("summary.missing"), t("summary.lacking", { n: number(counts["not-in-form"]) }), "missing"),
    card(number(counts.uncertain), t("summary.uncertain"), t("summary.uncertain.about"), "uncertain"),
    card(number(errors), t("summary.errors"), t("summary.looks", { n: number(looks) }), errors ? "missing" : ""),
    card(number(DATA.failures.length), t("summary.unread"), DATA.stale ? t("summary.stale", { n: number(DATA.stale) }) : null),
  ];
}

const sumTally = (matches) => DATA.tally.filter(matches).reduce((sum, row) => sum + row[4], 0);

function byArea(planned) {
  return simpleTable(t("summary.areas"), [t("area"), t("weight"), t("summary.share")], AREAS.map((area) => {
    const counts = countSigns(planned, area.columns);
    const parts = ["present", "uncertain", "missing", "not-in-form"].map((status) => [status, counts[status]]);
    return [`${area.id} ${area.name}`, number(area.weight || 0, 2), stacked(parts)];
  }), "list areas");
}

function byYear(planned) {
  const years = [...new Set(planned.map((doc) => doc.year))].sort();
  return simpleTable(t("summary.years"), [t("filter.year"), t("summary.decrees"), t("summary.share")], years.map((year) => {
    const docs = planned.filter((doc) => doc.year === year);
    const counts = countSigns(docs);
    return [year ?? t("none.year"), number(docs.length), stacked(["present", "uncertain", "missing", "not-in-form"].map((s) => [s, counts[s]]))];
  }), "list areas");
}

function bySeverity() {
  const open = (severity, certainty) => sumTally((row) => row[1] === severity && row[2] === certainty && row[3] !== "dismissed");
  const certainties = ["sure", "likely", "look"];
  const lines = ["error", "warning", "info"].map((severity) => [
    severityBadge(severity),
    ...certainties.map((certainty) => countLink(open(severity, certainty), { severity, certainty })),
  ]);
  const dismissed = sumTally((row) => row[3] === "dismissed");
  const confirmed = sumTally((row) => row[3] === "confirmed");
  return [
    simpleTable(t("summary.findings"), [t("filter.severity"), ...certainties.map((c) => t(`certainty.${c}`))], lines, "list figures"),
    note(t("certainty.look.about")),
    note(t("summary.decided", { confirmed: number(confirmed), dismissed: number(dismissed) })),
  ];
}

/** A count that leads to the findings counted. */
function countLink(n, filters) {
  if (!n) return muted("0");
  return el("a", { href: "#/findings", onclick: () => Object.assign(state, START, { decided: "", ...filters }) }, number(n));
}

function mostMissing(planned) {
  const lines = COMPONENTS.map((component) => [component, countSigns(planned, [component.index])])
    .sort((a, b) => b[1].missing - a[1].missing || a[0].index - b[0].index)
    .filter(([, counts]) => counts.missing)
    .slice(0, MOST);
  return simpleTable(t("summary.gaps"), [t("component"), t("weight"), t("status.missing")], lines.map(([component, counts]) => [
    el("a", { href: "#/matrix", onclick: () => Object.assign(state, START, { component: component.id, status: "missing" }) }, indicatorName(component.id)),
    number(component.weight || 0, 2),
    `${number(counts.missing)} (${percent(counts.missing / planned.length)})`,
  ]), "list figures wide-first");
}

function worstOffices(planned) {
  const lines = [...planned].sort((a, b) => b.missing - a.missing || compareNames(a, b)).slice(0, MOST);
  return simpleTable(t("summary.worst"), [t("office"), t("matrix.missing"), t("matrix.found")], lines.map((doc) => [
    docLink(doc), number(doc.missing, 2), foundLabel(doc),
  ]), "list figures wide-first");
}

const foundLabel = (doc) => el("span", { title: t("matrix.found.about") }, `■${doc.found[0]} ▲${doc.found[1]}`);

function byCode() {
  const counts = new Map();
  for (const [code, , , decision, n] of DATA.tally) if (decision !== "dismissed") counts.set(code, (counts.get(code) || 0) + n);
  const lines = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, MOST);
  if (!lines.length) return note(t("none.findings"));
  return simpleTable(t("summary.codes"), [t("filter.code"), t("summary.count")], lines.map(([code, n]) => [codeName(code), countLink(n, { code })]), "list figures wide-first");
}

function failures() {
  if (!DATA.failures.length) return note(t("none.failures"));
  const table = new PagedTable(t("summary.failures"), [
    { title: t("file"), cell: ([index, path]) => (index >= 0 ? docLink(DOCS[index], path) : el("span", { dir: "auto" }, path)) },
    { title: t("page"), cell: (row) => (row[2] === null ? t("page.whole") : row[2]) },
    { title: t("failure.what"), cell: (row) => [el("strong", {}, row[3]), ` ${row[4]}`] },
    { title: t("failure.cure"), cell: (row) => row[5] },
  ]);
  table.rows = DATA.failures;
  return table.element;
}
