// What is chosen: one set of filters for all views, so that a province stays chosen from one view to the next.

const START = {
  province: "",
  year: "",
  text: "",
  copies: false,
  component: "",
  status: "",
  sort: "name",
  office: "",
  severity: "",
  certainty: "",
  code: "",
  decided: "",
  words: "",
  conflicts: false,
  relation: "",
};
const state = { ...START };

const YEARS = [...new Set(DOCS.map((doc) => doc.year).filter((year) => year !== null))].sort();
const isOriginal = (doc) => doc.of === null;

/** The documents that the filters leave, whatever their coverage. */
function chosenDocs() {
  const words = state.text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  return DOCS.filter(
    (doc) =>
      (state.copies || isOriginal(doc)) &&
      (!state.province || (doc.province || "-") === state.province) &&
      (!state.year || String(doc.year ?? "-") === state.year) &&
      words.every((word) => doc.search.includes(word)),
  );
}

const SIGN_STATUS = { p: "present", m: "missing", u: "uncertain", n: "not-in-form", ".": "no-plan" };
const statusOf = (sign) => SIGN_STATUS[sign.toLowerCase()];
const signsOf = (doc) => doc.cells || ".".repeat(COMPONENTS.length);

/** The documents of the heat map: those chosen, with the status chosen in the component chosen, or in any. */
function matrixDocs() {
  const column = state.component ? COMPONENT_BY_ID.get(state.component).index : -1;
  const has = (doc) => {
    if (!state.status) return true;
    const signs = signsOf(doc);
    if (column >= 0) return statusOf(signs[column]) === state.status;
    if (state.status === "complete") return doc.cells !== null && !/[mun]/i.test(signs);
    return Array.from(signs, statusOf).includes(state.status);
  };
  return sorted(chosenDocs().filter(has));
}

/** Weight of the components of a document with one status; results ("hasil") are scores of surveys, which no plan can plan. */
function weightOf(doc, status) {
  let weight = 0;
  const signs = signsOf(doc);
  for (let n = 0; n < signs.length; n += 1) if (statusOf(signs[n]) === status && COMPONENTS[n].aspect !== "hasil") weight += COMPONENTS[n].weight || 0;
  return weight;
}

DOCS.forEach((doc) => {
  doc.missing = weightOf(doc, "missing");
  doc.lacking = weightOf(doc, "not-in-form");
});

const ORDERS = {
  name: (a, b) => compareNames(a, b),
  missing: (a, b) => b.missing - a.missing || compareNames(a, b),
  year: (a, b) => (b.year || 0) - (a.year || 0) || compareNames(a, b),
  found: (a, b) => b.found[0] - a.found[0] || b.found[1] - a.found[1] || compareNames(a, b),
};

const collator = new Intl.Collator("id", { numeric: true });
const NAME_RANK = new Map([...DOCS].sort((a, b) => collator.compare(a.office, b.office) || (a.year || 0) - (b.year || 0)).map((doc, n) => [doc, n]));
const compareNames = (a, b) => NAME_RANK.get(a) - NAME_RANK.get(b);
const sorted = (docs) => [...docs].sort(ORDERS[state.sort]);

/** A row of controls for some filters; `change` is called after each choice. */
function filterBar(names, change) {
  const controls = names.map((name) => CONTROLS[name](change));
  const reset = el("button", { type: "button", class: "quiet", onclick: () => resetFilters(names) }, t("filter.reset"));
  return el("form", { class: "filters", role: "search", "aria-label": t("filter.label"), onsubmit: (event) => event.preventDefault() }, controls, reset);
}

function resetFilters(names) {
  names.forEach((name) => { state[name] = START[name]; });
  show();
}

function choice(name, options, change) {
  const select = el("select", {
    id: `filter-${name}`,
    onchange: (event) => { state[name] = event.target.value; change(); },
  });
  for (const [value, label] of options) select.append(el("option", { value }, label));
  select.value = state[name];
  return el("label", { class: "filter" }, el("span", {}, t(`filter.${name}`)), select);
}

function typed(name, change) {
  const input = el("input", {
    id: `filter-${name}`,
    type: "search",
    placeholder: t(`filter.${name}.hint`),
    oninput: (event) => { state[name] = event.target.value; change(); },
  });
  input.value = state[name];
  return el("label", { class: "filter wide" }, el("span", {}, t(`filter.${name}`)), input);
}

function ticked(name, change) {
  const input = el("input", {
    id: `filter-${name}`,
    type: "checkbox",
    onchange: (event) => { state[name] = event.target.checked; change(); },
  });
  input.checked = state[name];
  return el("label", { class: "filter tick" }, input, el("span", {}, t(`filter.${name}`)));
}

const any = () => ["", t("filter.any")];
const choices = (name, values, label) => (change) => choice(name, [any(), ...values().map((value) => [value, label(value)])], change);

const CONTROLS = {
  province: choices("province", provincesUsed, provinceName),
  year: choices("year", () => yearsUsed(), (year) => (year === "-" ? t("none.year") : year)),
  component: choices("component", () => COMPONENTS.map((c) => c.id), indicatorName),
  status: choices("status", () => ["missing", "uncertain", "present", "not-in-form", "no-plan", "complete"], (s) => t(`status.${s}`)),
  severity: choices("severity", () => ["error", "warning", "info"], (s) => t(`severity.${s}`)),
  certainty: choices("certainty", () => ["sure", "likely", "look"], (s) => t(`certainty.${s}`)),
  decided: choices("decided", () => ["open", "confirmed", "dismissed"], (s) => t(`decision.${s}`)),
  code: choices("code", () => [...new Set(DATA.tally.map((row) => row[0]))], codeName),
  relation: choices("relation", () => ["other-office", "same-office"], (s) => t(`relation.${s}`)),
  sort: (change) => choice("sort", Object.keys(ORDERS).map((order) => [order, t(`sort.${order}`)]), change),
  text: (change) => typed("text", change),
  words: (change) => typed("words", change),
  copies: (change) => ticked("copies", change),
  conflicts: (change) => ticked("conflicts", change),
};

function provincesUsed() {
  const codes = [...new Set(DOCS.map((doc) => doc.province || "-"))];
  return codes.sort((a, b) => collator.compare(provinceName(a), provinceName(b)));
}

function yearsUsed() {
  return [...YEARS.map(String), ...(DOCS.some((doc) => doc.year === null) ? ["-"] : [])];
}
