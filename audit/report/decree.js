// The page of one decree: everything that was read from it, and pictures of the places where a person should look.

const TOGETHER = 3; // findings of one kind from which they share a card
const PARTS = ["menimbang", "mengingat", "memperhatikan", "diktum"];

VIEWS.decree = {
  async render(main, id) {
    const doc = DOC_BY_ID.get(id);
    if (!doc) {
      append(main, [el("h1", {}, t("none.decree")), note(id)]);
      return;
    }
    const [data, findings] = await Promise.all([detailOf(doc), findingsOf(doc)]);
    document.title = docName(doc);
    const asked = askedOf(data);
    const parts = [
      ["d-findings", t("nav.findings"), findings.length, () => findingCards(findings, data, doc)],
      ["d-review", t("decree.review"), asked.length, () => askedCards(asked)],
      ["d-header", t("decree.header"), null, () => headerTable(data)],
      ["d-coverage", t("decree.coverage"), null, () => coverageOf(doc, data)],
      ["d-plan", t("decree.plan"), data.rows.length, () => planTable(data)],
      ["d-bases", t("nav.legal"), data.bases.length, () => basesTable(data)],
      ["d-text", t("decree.text"), null, () => paragraphs(data)],
      ["d-compare", t("nav.compare"), null, () => comparison(doc, data)],
      ["d-file", t("decree.file"), null, () => fileFacts(doc, data)],
    ].filter(([name, , n]) => n !== 0 || name === "d-findings" || name === "d-plan");
    append(main, [
      decreeHead(doc, data),
      el("nav", { class: "inside", "aria-label": t("decree.sections") }, parts.map(([name, title, n]) =>
        el("button", { type: "button", onclick: () => { byId(name).scrollIntoView(); byId(`${name}-title`).focus(); } }, title, n === null ? null : [" ", el("b", {}, number(n))]))),
      parts.map(([name, title, n, content]) => section(name, n === null ? title : `${title} (${number(n)})`, content())),
    ]);
    main.querySelectorAll("section h2").forEach((head) => { head.tabIndex = -1; });
  },
};

/** The findings of a document, each with its rows and pictures. */
async function findingsOf(doc) {
  const data = await large("findings");
  const { read } = findingStore(data);
  const found = [];
  for (let n = 0; n < data.doc.length; n += 1) if (data.doc[n] === doc.index) found.push({ ...read(n), order: found.length });
  return found;
}

function decreeHead(doc, data) {
  const facts = [
    doc.number, data.date ? day(data.date) : doc.year, doc.province ? t("decree.province", { name: provinceName(doc.province) }) : null,
    t(`kind.${doc.kind}`), t("decree.pages", { n: data.pages }), doc.form ? t("decree.form", { form: doc.form }) : null,
  ].filter(Boolean);
  const same = DOCS.filter((other) => other !== doc && other.index !== doc.of && (doc.code ? other.code === doc.code : other.office === doc.office));
  return el("div", { class: "decree-head" },
    el("p", { class: "muted crumbs" }, el("a", { href: "#/matrix" }, `← ${t("nav.matrix")}`)),
    el("h1", { dir: "auto" }, doc.office, doc.code ? [" ", muted(doc.code)] : [" ", badge("concluded", t("decree.no_code"))]),
    el("p", { class: "facts", dir: "auto" }, facts.join(" · ")),
    doc.of === null ? null : note(t("decree.copy"), " ", DOCS[doc.of] ? docLink(DOCS[doc.of]) : null),
    same.length ? el("p", { class: "facts" }, t("decree.same"), " ", same.map((other, n) => [n ? " · " : "", docLink(other, [decreeName(other), other.of === null ? null : `(${t("copy")})`].filter(Boolean).join(" "))])) : null);
}

/** Findings as cards: claims before requests to look, the gravest first; many of one kind that point at no place share a card. */
function findingCards(findings, data, doc) {
  if (!findings.length) return note(t("none.findings"));
  const more = (finding) => data.findings[finding.order];
  const kinds = new Map();
  for (const finding of findings) {
    const kind = [finding.certainty, finding.severity, finding.code, finding.decision, more(finding)[2].length > 0].join();
    kinds.set(kind, [...(kinds.get(kind) || []), finding]);
  }
  const look = ([finding]) => finding.certainty === "look";
  const placed = ([finding]) => more(finding)[2].length > 0;
  const groups = [...kinds.values()].sort((a, b) => look(a) - look(b) || RANK[a[0].severity] - RANK[b[0].severity] || placed(b) - placed(a) || a[0].order - b[0].order);
  const cards = [];
  let before = null;
  for (const group of groups) {
    const heading = t(look(group) ? "findings.look" : "findings.claims");
    if (heading !== before) cards.push(el("h3", { class: "group-head" }, heading));
    before = heading;
    if (!placed(group) && group.length >= TOGETHER) cards.push(sharedCard(group, more));
    else cards.push(group.map((finding) => findingCard(finding, more(finding), doc)));
  }
  return cards;
}

function marksOf(finding, ...others) {
  return el("div", { class: "marks" }, severityBadge(finding.severity), certaintyBadge(finding.certainty), decisionBadge(finding.decision), el("strong", {}, codeName(finding.code)), others);
}

function ruleOf(finding) {
  const about = DATA.codes[finding.code];
  if (!about) return null;
  return el("details", { class: "small" }, el("summary", {}, t("finding.rule")), el("p", { lang: "en" }, about.rule), el("p", { lang: "en" }, `${t("finding.refuted")}: ${about.refuted}`));
}

const cardClass = (finding) => `card-row finding ${finding.severity} ${finding.certainty} ${finding.decision || ""}`;

function sharedCard(group, more) {
  const [first] = group;
  return el("article", { class: `${cardClass(first)} whole` }, el("div", { class: "said" }, marksOf(first, muted(number(group.length))),
    el("ul", { class: "messages" }, group.map((finding) => el("li", { title: more(finding)[0], dir: "auto" }, finding.message, " ", doubtsOf(finding)))),
    el("p", { class: "small" }, el("span", { class: "label" }, t("finding.source")), el("span", { dir: "auto" }, first.source)), ruleOf(first)));
}

function findingCard(finding, [id, rowIds, places], doc) {
  return el("article", { class: `${cardClass(finding)} ${places.length ? "" : "whole"}` },
    el("div", { class: "said" },
      marksOf(finding, muted(pageLabel(finding.page))),
      el("p", { dir: "auto" }, finding.message), readings(finding),
      el("p", { class: "small" }, el("span", { class: "label" }, t("finding.source")), el("span", { dir: "auto" }, finding.source)), doubtsOf(finding), ruleOf(finding),
      rowIds.length ? el("p", { class: "small" }, `${t("finding.rows")}: `, rowIds.map((row, n) => [n ? ", " : "", rowLink(row)])) : null,
      el("p", { class: "small muted" }, id)),
    places.length ? el("div", { class: "pictures" }, places.map(([role, document, page, address]) => placePicture(role, document, page, address, doc))) : null);
}

const rowNumber = (row) => String(Number(row.slice(row.lastIndexOf("-") + 1)) || row);
const rowLink = (row, label = rowNumber(row)) => el("button", { type: "button", class: "link", onclick: () => toRow(row) }, label);

function toRow(id) {
  const row = byId(`row-${id}`);
  if (!row) return;
  row.scrollIntoView({ block: "center" });
  row.focus();
}

function placePicture(role, document, page, address, doc) {
  const other = document === doc.id ? null : DOC_BY_ID.get(document);
  const label = [t(`role.${role}`), other ? docName(other) : null, t("crop.page", { page })].filter(Boolean).join(" · ");
  if (address) return crop(address, label);
  return el("p", { class: "small muted no-crop" }, label, other ? [" ", docLink(other, "→")] : null);
}

/** All values that a person should look at or has decided, of every table. */
function askedOf(data) {
  const asked = [];
  for (const value of data.header) if (value.review || value.decided) asked.push({ what: fieldName(value.field), text: headerText(value), value });
  for (const [part, label, text, page, confidence, doubtful, pictures] of [...data.provisions, ...data.lampiran]) {
    if (doubtful) asked.push({ what: [t(`part.${part}`), label].filter(Boolean).join(" "), text: data.say(text), value: { review: true, page, confidence, crops: pictures } });
  }
  for (const base of data.bases) if (base.review || base.decided) asked.push({ what: `${t(`part.${base.part}`)} ${base.item}`, text: data.say(base.text), value: { ...base, decided: base.decided.length > 0 } });
  for (const row of data.rows) if (row.crops) asked.push(askedRow(row, data));
  for (const [id, status, , , , why, decided] of data.coverage) {
    if (status === "uncertain" || decided.length) asked.push({ what: t("decree.coverage"), text: `${indicatorName(id)}: ${t(`status.${status}`)}`, value: { review: status === "uncertain", reasons: why, decided: decided.length > 0 } });
  }
  return asked;
}

function askedRow(row, data) {
  const columns = ["component", "item", "action", "evidence", "target_raw"];
  const said = columns.map((name) => data.say(row[name])).filter(Boolean);
  const about = { page: row.page[0], confidence: row.confidence, crops: row.crops };
  const decided = new Set(row.decided || []);
  const value = { ...about, review: doubtfulFields(row).size > 0, decided: decided.size > 0, reasons: row.reasons };
  return {
    what: t("decree.row", { n: row.order }),
    text: [...new Set(said)].join(" · "),
    row: row.id,
    value,
    reading: { ...value, decided: columns.some((name) => decided.has(name)) }, // a decision on the months is none on the words
    more: [
      decided.size ? el("div", { class: "small" }, `${t("standing.override")}: ${[...decided].map(fieldName).join(", ")}`) : null,
      monthsDoubtful(row) || decided.has("months") ? el("div", {}, fieldName("months"), ": ", monthGrid(row.months, decided.has("months"), monthsDoubtful(row))) : null,
      row.match === "accepted" ? null : matched(row, decided),
    ],
  };
}

function askedCards(asked) {
  return asked.map(({ what, text, value, reading = value, row, more }) => {
    const pictures = crops(value.crops);
    return el("article", { class: `card-row ${value.decided ? "is-override" : "is-review"} ${pictures.length ? "" : "whole"}` },
      el("div", { class: "said" },
        el("div", { class: "marks" }, el("strong", {}, row ? rowLink(row, what) : what), muted(pageLabel(value.page))),
        el("p", {}, text === null ? nothing() : valued(text, reading)), el("div", { class: "marks" }, standing(value)), more),
      pictures.length ? el("div", { class: "pictures" }, pictures) : null);
  });
}

/** A header value as a person reads it. */
function headerText({ field, value, text }) {
  if (value === null || value === undefined) return text ?? null;
  if (field === "date") return day(value);
  if (typeof value === "boolean") return t(value ? "yes" : "no");
  return String(value);
}

function headerTable(data) {
  const lines = data.header.map((value) => {
    const text = headerText(value);
    const differs = value.text && value.text !== text && !["is_copy", "number", "year"].includes(value.field);
    return [
      fieldName(value.field),
      [text === null ? nothing() : valued(text, value), differs ? el("div", { class: "small muted", dir: "auto" }, `${t("decree.printed")}: ${value.text}`) : null,
        value.raw ? el("div", { class: "small muted", dir: "auto" }, `${t("decree.raw")}: ${value.raw}`) : null],
      value.page ?? "–",
      [standing(value), crops(value.crops)],
    ];
  });
  return simpleTable(t("decree.header"), [t("decree.field"), t("compare.value"), t("page"), t("decree.standing")], lines, "list header-values");
}

function coverageOf(doc, data) {
  if (!data.coverage.length) return note(t("status.no-plan"));
  const by = new Map(data.coverage.map((row) => [row[0], row]));
  return [legend(["present", "missing", "uncertain", "not-in-form"]), el("div", { class: "areas-grid" }, AREAS.map((area) =>
    el("div", {}, el("h3", {}, `${area.id} ${area.name} (${number(area.weight || 0, 2)})`), el("ul", { class: "plain" }, area.columns.map((n) => coverageLine(COMPONENTS[n], by.get(COMPONENTS[n].id)))))))];
}

function coverageLine(component, row) {
  if (!row) return null;
  const [, status, rows, , inForm, why, decided] = row;
  const shown = status === "missing" && inForm === false ? "not-in-form" : status;
  return el("li", {}, el("span", { class: `cell ${shown}${decided.length ? " decided" : ""}`, role: "img", "aria-label": t(`status.${shown}`) }, STATUS_SIGN[shown]),
    ` ${component.short} ${component.name} `, muted(number(component.weight || 0, 2), rows ? ` · ${t("decree.rows", { n: rows })}` : "", why.length ? ` · ${reasons(why)}` : ""),
    decided.length ? [" ", badge("override", t("standing.override"))] : null);
}

function paragraphs(data) {
  const line = ([, label, text, page, confidence, review, pictures]) => el("li", {}, el("span", { class: "label" }, label || "–"),
    el("div", {}, valued(data.say(text) ?? t("none.value"), { review }), " ", muted(pageLabel(page)), " ", standing({ confidence, review }), crops(pictures)));
  const parts = PARTS.map((part) => [part, data.provisions.filter((row) => row[0] === part)]).filter(([, rows]) => rows.length);
  const lampiran = data.lampiran.map((row) => [row[0], t(`lampiran.${row[0]}`), ...row.slice(2)]);
  return [
    parts.map(([part, rows]) => [el("h3", {}, t(`part.${part}`)), el("ul", { class: "provisions" }, rows.map(line))]),
    lampiran.length ? el("details", {}, el("summary", {}, t("decree.lampiran", { n: lampiran.length })), el("ul", { class: "provisions lampiran" }, lampiran.map(line))) : null,
  ];
}
