// Legal bases across offices: each instrument once, with all gazettes that decrees give it, those that contradict each other marked.

const VARIANTS_SHOWN = 6; // gazettes of an instrument side by side; the rest opens on demand
const LINKS_SHOWN = 30; // decrees behind a variant; the rest is counted
const CITED_DOC = 0, CITED_GAZETTES = 1, CITED_CHAIN = 2, CITED_PAGE = 3, CITED_DOUBT = 4;

VIEWS.legal = {
  async render(main) {
    const instruments = await large("legal");
    const names = new Map(instruments.map((one) => [one.id, instrumentName(one)]));
    const table = new PagedTable(t("nav.legal"), [
      { title: t("legal.instrument"), class: "instrument", cell: (row) => instrumentCell(row.one) },
      { title: t("summary.decrees"), class: "number", cell: (row) => number(row.docs) },
      { title: t("legal.gazettes"), cell: (row) => gazetteCells(row) },
      { title: t("legal.amended"), class: "chains", cell: (row) => chainCells(row, names) },
    ], { rowClass: (row) => (row.conflict ? "conflict" : "") });
    const update = () => { table.rows = legalRows(instruments); };
    append(main, [
      el("h1", {}, t("nav.legal")),
      filterBar(["province", "year", "text", "words", "conflicts", "copies"], update),
      note(t("legal.about")),
      el("div", { class: "panel" }, table.element),
    ]);
    update();
    return table;
  },
};

function legalRows(instruments) {
  const docs = new Set(chosenDocs().map((doc) => doc.index));
  const words = state.words.trim().toLowerCase();
  const rows = [];
  for (const one of instruments) {
    const cites = one.cites.filter((cite) => docs.has(cite[CITED_DOC]));
    if (!cites.length) continue;
    if (words && !`${one.id} ${instrumentName(one)} ${one.titles.map(([title]) => title).join(" ")}`.toLowerCase().includes(words)) continue;
    const variants = variantsOf(one, cites);
    const conflict = variants.some((variant) => variant.differs && variant.sure);
    const maybe = variants.some((variant) => variant.differs);
    if (state.conflicts && !maybe) continue;
    rows.push({ one, cites, variants, conflict, docs: new Set(cites.map((cite) => cite[CITED_DOC])).size });
  }
  return rows.sort((a, b) => b.docs - a.docs || (a.one.id < b.one.id ? -1 : 1));
}

/** The gazettes given, most frequent first; `differs` where one contradicts the most frequent one that it can be compared with. */
function variantsOf(one, cites) {
  const variants = one.gazettes.map((gazettes, n) => ({ gazettes, cites: cites.filter((cite) => cite[CITED_GAZETTES] === n) }));
  const used = variants.filter((variant) => variant.cites.length && variant.gazettes.length);
  used.sort((a, b) => surely(b) - surely(a) || b.cites.length - a.cites.length);
  used.forEach((variant, n) => {
    variant.sure = surely(variant) > 0;
    variant.differs = used.slice(0, n).some((other) => contradict(variant.gazettes, other.gazettes));
  });
  const without = variants.filter((variant) => variant.cites.length && !variant.gazettes.length);
  return [...used, ...without];
}

const surely = (variant) => variant.cites.filter((cite) => cite[CITED_DOUBT] !== 1).length;
const slot = (gazettes, supplement) => gazettes.find(([series]) => (series === "TLN") === supplement);

/** Whether two decrees cannot both be right: another series, number or year, where both give one. */
function contradict(a, b) {
  return [false, true].some((supplement) => {
    const one = slot(a, supplement);
    const other = slot(b, supplement);
    return one && other && one.some((part, n) => part !== null && other[n] !== null && part !== other[n]);
  });
}

function instrumentName(one) {
  return [one.type, one.number, one.year && `${t("legal.year")} ${one.year}`].filter(Boolean).join(" ") || one.id.replace(/^~/, "");
}

function instrumentCell(one) {
  const [first, ...others] = one.titles;
  return [
    el("strong", { dir: "auto" }, instrumentName(one)), one.known ? null : [" ", badge("review", `? ${t("legal.unknown")}`)],
    first ? el("div", { class: "muted", dir: "auto" }, shortened(first[0], 160)) : null,
    others.length ? el("details", {}, el("summary", {}, t("legal.titles", { n: others.length })), el("ul", {}, others.map(([title, n]) => el("li", { dir: "auto" }, `${title} (${n})`)))) : null,
  ];
}

function gazetteCells(row) {
  const cells = (variants) => el("div", { class: "variants" }, variants.map(variantCell));
  const [shown, rest] = [row.variants.slice(0, VARIANTS_SHOWN), row.variants.slice(VARIANTS_SHOWN)];
  return [cells(shown), rest.length ? el("details", {}, el("summary", {}, t("list.more", { n: rest.length })), cells(rest)) : null];
}

function variantCell(variant) {
  const mark = variant.differs ? badge(variant.sure ? "conflict" : "review", variant.sure ? `≠ ${t("legal.differs")}` : `? ${t("legal.may_differ")}`) : null;
  const text = variant.gazettes.length ? variant.gazettes.map(gazetteName).join("; ") : t("legal.no_gazette");
  return el("div", { class: `variant ${variant.differs ? (variant.sure ? "differs" : "maybe") : ""} ${variant.gazettes.length ? "" : "without"}` },
    el("div", {}, el("span", { dir: "auto" }, text), " ", mark), citedBy(variant.cites));
}

/** The decrees behind a variant, opened on demand. */
function citedBy(cites) {
  const pages = new Map();
  for (const cite of cites) if (!pages.has(cite[CITED_DOC])) pages.set(cite[CITED_DOC], cite);
  const details = el("details", {}, el("summary", {}, t("legal.decrees", { n: number(pages.size) })));
  details.addEventListener("toggle", () => {
    if (details.children.length > 1) return;
    const shown = [...pages.values()].slice(0, LINKS_SHOWN);
    details.append(el("ul", {}, shown.map((cite) => el("li", {}, docLink(DOCS[cite[CITED_DOC]]), " ", muted(pageLabel(cite[CITED_PAGE])),
      cite[CITED_DOUBT] === 1 ? [" ", badge("review", `? ${t("standing.review")}`)] : null,
      cite[CITED_DOUBT] === 2 ? [" ", badge("override", t("standing.override"))] : null)),
    pages.size > shown.length ? el("li", { class: "muted" }, t("list.more", { n: number(pages.size - shown.length) })) : null));
  });
  return details;
}

function chainCells(row, names) {
  const counts = row.one.chains.map((chain, n) => [chain, row.cites.filter((cite) => cite[CITED_CHAIN] === n)]);
  const used = counts.filter(([, cites]) => cites.length).sort((a, b) => b[1].length - a[1].length);
  if (!used.length) return muted(t("legal.only_amends"));
  return used.map(([chain, cites]) => el("div", { class: "variant" },
    el("div", { dir: "auto" }, chain.length ? chain.map((id) => names.get(id) || id).join(" → ") : muted(t("legal.not_amended"))), citedBy(cites)));
}
