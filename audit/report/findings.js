// The list of findings. Requests to look stand apart from what the documents prove.

const RANK = { error: 0, warning: 1, info: 2 };

VIEWS.findings = {
  async render(main) {
    const data = await large("findings");
    const store = findingStore(data);
    const table = new PagedTable(t("nav.findings"), findingColumns(), {
      group: (finding) => t(finding.certainty === "look" ? "findings.look" : "findings.claims"),
      rowClass: (finding) => `finding ${finding.severity} ${finding.certainty} ${finding.decision || ""}`,
      empty: t("none.findings"),
    });
    const update = () => { table.rows = findingRows(store); };
    append(main, [
      el("h1", {}, t("nav.findings")),
      filterBar(["severity", "certainty", "code", "decided", "province", "year", "text", "words", "copies"], update),
      note(t("certainty.look.about")),
      el("div", { class: "panel" }, table.element),
    ]);
    update();
    return table;
  },
};

let findingsKept = null;

/** Findings out of their columns, with a way to search all texts at once. */
function findingStore(data) {
  if (findingsKept) return findingsKept;
  const text = (n) => (n < 0 ? null : data.strings[n]);
  const lower = data.strings.map((one) => one.toLowerCase());
  findingsKept = { data, lower, order: orderedFindings(data), read: (n) => findingAt(data, n, text) };
  return findingsKept;
}

function findingAt(data, n, text) {
  return {
    n,
    doc: DOCS[data.doc[n]] || null,
    page: data.page[n],
    confidence: data.confidence[n],
    doubts: data.doubts[n].map(text),
    code: text(data.code[n]),
    severity: text(data.severity[n]),
    certainty: text(data.certainty[n]),
    message: text((language === 0 ? data.message : data.message_en)[n]),
    found: text(data.found[n]),
    expected: text(data.expected[n]),
    subject: text(data.subject[n]),
    source: text((language === 0 ? data.source : data.source_en)[n]),
    decision: text(data.decision[n]),
  };
}

/** The findings that the filters leave, read only as far as the list shows them. */
function findingRows({ data, lower, order, read }) {
  const docs = new Set(chosenDocs().map((doc) => doc.index));
  const wanted = (name) => (state[name] ? data.strings.indexOf(state[name]) : null);
  const severity = wanted("severity"), certainty = wanted("certainty"), code = wanted("code");
  const decided = state.decided === "open" ? -1 : state.decided ? data.strings.indexOf(state.decided) : null;
  const words = state.words.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const holds = words.length ? lower.map((one) => words.every((word) => one.includes(word))) : null;
  const message = language === 0 ? data.message : data.message_en;
  const source = language === 0 ? data.source : data.source_en;
  const said = (n) => [message, data.found, data.expected, source, data.subject, data.code].some((column) => column[n] >= 0 && holds[column[n]]);
  const rows = [];
  for (const n of order) {
    if (!docs.has(data.doc[n])) continue;
    if (severity !== null && data.severity[n] !== severity) continue;
    if (certainty !== null && data.certainty[n] !== certainty) continue;
    if (code !== null && data.code[n] !== code) continue;
    if (decided !== null && data.decision[n] !== decided) continue;
    if (holds && !said(n)) continue;
    rows.push(n);
  }
  return lazily(rows, read);
}

/** All findings: claims before requests to look, the gravest first, then by name of the office. */
function orderedFindings(data) {
  const look = data.strings.indexOf("look");
  const rank = data.strings.map((one) => RANK[one] ?? 0);
  const key = data.doc.map((doc, n) => ((data.certainty[n] === look ? 4 : 0) + rank[data.severity[n]]) * 1e6 + (NAME_RANK.get(DOCS[doc]) ?? 0));
  return data.doc.map((_, n) => n).sort((a, b) => key[a] - key[b] || a - b);
}

/** A list whose entries are made when they are sliced out. */
const lazily = (numbers, read) => ({ length: numbers.length, slice: (from, to) => numbers.slice(from, to).map(read) });

function findingColumns() {
  return [
    { title: t("filter.severity"), class: "marks", cell: (f) => [severityBadge(f.severity), certaintyBadge(f.certainty), decisionBadge(f.decision)] },
    { title: t("finding"), class: "message", cell: (f) => [el("div", { class: "code", title: f.code }, codeName(f.code)), el("div", { dir: "auto" }, f.message), readings(f)] },
    { title: t("office"), class: "office", cell: (f) => (f.doc ? [el("a", { href: `#/decree/${f.doc.id}`, dir: "auto" }, f.doc.office), el("div", { class: "muted" }, [f.doc.year, f.doc.number].filter(Boolean).join(" · "))] : nothing()) },
    { title: t("page"), class: "number", cell: (f) => f.page ?? "–" },
    { title: t("finding.source"), class: "source", cell: (f) => [el("div", { dir: "auto" }, f.source), doubtsOf(f)] },
  ];
}

function doubtsOf(finding) {
  const sure = finding.confidence < SURE ? t("standing.confidence", { share: percent(finding.confidence) }) : null;
  const words = [finding.doubts.length ? reasons(finding.doubts) : null, sure].filter(Boolean);
  return words.length ? el("div", { class: "doubts" }, words.join("; ")) : null;
}

/** What stands there and what should, side by side. */
function readings(finding) {
  if (finding.found === null && finding.expected === null) return null;
  const reading = (label, text) => el("div", { class: "reading" }, el("span", { class: "label" }, label), text === null ? nothing() : el("q", { dir: "auto" }, text));
  return el("div", { class: "readings" }, reading(t("finding.found"), finding.found), reading(t("finding.expected"), finding.expected));
}
