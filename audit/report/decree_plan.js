// The page of one decree, continued: its plan, legal bases, comparison and file.

const LEVELS = ["area", "component"];
const ROW_TEXTS = ["item", "success_indicator", "action", "evidence", "target_raw", "notes"];

function planTable(data) {
  if (!data.rows.length) return note(t("status.no-plan"));
  const lines = [];
  let before = "";
  for (const row of data.rows) {
    const above = LEVELS.map((level) => [data.say(row[`${level}_no`]), data.say(row[level])].filter(Boolean).join(" ")).filter(Boolean).join(" › ");
    if (above !== before) lines.push(el("tr", { class: "group" }, el("th", { colspan: 5, scope: "rowgroup", dir: "auto" }, above || nothing())));
    before = above;
    lines.push(planLine(row, data));
  }
  const heads = [t("decree.no"), t("decree.said"), t("decree.months"), t("decree.indicator"), t("page")];
  return el("div", { class: "wide-table" }, el("table", { class: "list plan" }, el("caption", { class: "hidden" }, t("decree.plan")),
    el("thead", {}, el("tr", {}, heads.map((head) => el("th", { scope: "col" }, head)))), el("tbody", {}, lines)));
}

function planLine(row, data) {
  const value = { review: row.review, decided: false, confidence: row.confidence, reasons: row.reasons };
  const doubtful = doubtfulFields(row);
  const decided = new Set(row.decided || []);
  const texts = ROW_TEXTS.filter((name) => row[name] !== undefined);
  const said = texts.map((name) => el("div", { class: "said-field" }, el("span", { class: "label" }, fieldName(name)),
    el("span", {}, name === "item" && row.item_no !== undefined ? `${data.say(row.item_no)} ` : "", valued(data.say(row[name]), { review: doubtful.has(name), decided: decided.has(name) }),
      decided.has(name) ? [" ", badge("override", t("standing.override"))] : null)));
  const others = (row.others || []).map(([head, text]) => el("div", { class: "said-field" }, el("span", { class: "label", dir: "auto" }, head), el("span", { dir: "auto" }, data.say(text))));
  return el("tr", { id: `row-${row.id}`, tabindex: -1, class: row.review ? "is-review" : "" },
    el("td", { class: "number" }, row.order),
    el("td", {}, said, others, el("div", { class: "marks" }, standing(value))),
    el("td", {}, monthGrid(row.months, decided.has("months"), monthsDoubtful(row))),
    el("td", {}, matched(row, decided)),
    el("td", { class: "number" }, row.page[0] === row.page[1] ? row.page[0] : `${row.page[0]}–${row.page[1]}`));
}

const OF_MONTHS = /^(months-|no-month-|mark-)/; // as in audit.dossier
const monthsDoubtful = (row) => (row.reasons || []).some((why) => OF_MONTHS.test(why));

/** The texts of a row that are in doubt: those that its reasons name, or all where a reason names none. */
function doubtfulFields(row) {
  const named = (row.reasons || []).filter((why) => !OF_MONTHS.test(why)).map((why) => why.replace(PLACE, "").split(":")[1]);
  const fields = [...LEVELS, ...ROW_TEXTS];
  return new Set(named.every((name) => fields.includes(name)) ? named : fields);
}

/** Twelve boxes, those of the row filled; null is told apart from none. */
function monthGrid(months, decided, doubtful) {
  if (months === null) return decided ? [nothing(), " ", badge("override", t("standing.override"))] : badge("review", `? ${t("schedule.unknown")}`);
  const names = months.map((month) => t(`month.${month}`)).join(", ");
  const boxes = Array.from({ length: 12 }, (_, n) => el("span", { class: months.includes(n + 1) ? "on" : "" }, t(`month.${n + 1}`)[0]));
  return [el("div", { class: `months ${doubtful ? "doubtful" : ""}`, role: "img", "aria-label": names || t("schedule.none") }, boxes),
    months.length ? null : muted(t("schedule.none")), doubtful ? badge("review", "?") : null, decided ? badge("override", t("standing.override")) : null];
}

function matched(row, decided) {
  if (row.match === "override" || decided.has("indicator_id")) {
    return [valued(row.indicator ? indicatorName(row.indicator) : t("decree.serves_none"), { decided: true }), " ", badge("override", t("standing.override"))];
  }
  if (row.match === "accepted") return el("span", {}, indicatorName(row.indicator));
  const guesses = (row.candidates || []).slice(0, 3).map(([id, score]) => el("li", {}, `${indicatorName(id)} `, muted(percent(score / 100))));
  return el("div", { class: "guess" }, badge("review", `? ${t(`match.${row.match}`)}`), guesses.length ? el("ol", {}, guesses) : null);
}

function basesTable(data) {
  const lines = data.bases.map((base) => {
    const value = { ...base, decided: Boolean(base.decided && base.decided.length) };
    const name = [base.type, base.number, base.year && `${t("legal.year")} ${base.year}`].filter(Boolean).join(" ") || t("legal.unknown");
    return [
      `${t(`part.${base.part}`)} ${base.item}`,
      [base.amends ? muted(`↳ ${t("legal.amended_by")} `) : null, el("b", { class: `value ${standingClass(value)}`, dir: "auto" }, name), el("div", { dir: "auto" }, data.say(base.title))],
      base.gazettes.length ? el("span", { dir: "auto" }, base.gazettes.map(gazetteName).join("; ")) : muted(t("legal.no_gazette")),
      base.page ?? "–",
      [standing(value), crops(base.crops)],
    ];
  });
  return simpleTable(t("nav.legal"), [t("decree.place"), t("legal.instrument"), t("legal.gazettes"), t("page"), t("decree.standing")], lines, "list bases");
}

function comparison(doc, data) {
  const holder = el("div", {}, data.changes.length ? changesTable(data) : null, data.figures.length ? figuresTable(data) : null);
  large("compare").then((all) => {
    const rows = all.similar.filter((row) => row[0] === doc.index || row[1] === doc.index).sort((a, b) => b[2] - a[2]);
    const lines = rows.map((row) => {
      const mine = row[0] === doc.index;
      return [docCell(mine ? row[1] : row[0]), shareBar(mine ? row[2] : row[3]), number(row[4]), t(`relation.${row[7]}`)];
    });
    if (lines.length) holder.prepend(el("h3", {}, t("compare.similar")), simpleTable(t("compare.similar"), [t("compare.other"), t("compare.share"), t("compare.rows"), t("filter.relation")], lines));
    if (!holder.children.length) holder.append(note(t("none.comparison")));
  });
  return holder;
}

function changesTable(data) {
  const lines = data.changes.map(([change, indicator, text, before, review]) => [
    [t(`change.${change}`), review ? [" ", badge("review", `? ${t("standing.review")}`)] : null],
    indicator ? indicatorName(indicator) : nothing(),
    before === null ? nothing() : el("span", { dir: "auto" }, data.say(before)),
    text === null ? nothing() : el("span", { dir: "auto" }, data.say(text)),
  ]);
  return [el("h3", {}, t("compare.changes")), simpleTable(t("compare.changes"), [t("compare.change"), t("decree.indicator"), t("compare.then"), t("compare.now")], lines)];
}

function figuresTable(data) {
  const figure = (value) => (value === null ? nothing() : number(value, 1));
  const lines = data.figures.map(([name, area, value, median, low, high, outlier, uncertain]) => [
    t(`figure.${name}`), areaName(area), figure(value), figure(median), low === null ? nothing() : `${number(low, 1)} – ${number(high, 1)}`,
    [outlier ? badge("conflict", `${outlier === "high" ? "▲" : "▼"} ${t(`outlier.${outlier}`)}`) : "", uncertain ? badge("review", `? ${t("decree.rows", { n: uncertain })}`) : ""],
  ]);
  return el("details", {}, el("summary", {}, t("compare.figures", { n: lines.length })),
    simpleTable(t("compare.figure"), [t("compare.figure"), t("area"), t("compare.value"), t("compare.median"), t("compare.range"), ""], lines));
}

function fileFacts(doc, data) {
  const facts = [[t("file"), data.path], ["document_id", doc.id], [t("decree.confidence"), percent(data.confidence)], [t("decree.reasons"), data.reasons.length ? reasons(data.reasons) : t("none.value")]];
  const parts = [el("dl", { class: "facts-list" }, facts.map(([name, text]) => [el("dt", {}, name), el("dd", { dir: "auto" }, text)]))];
  const unread = DATA.failures.filter((row) => row[0] === doc.index);
  if (unread.length) parts.push(el("h3", {}, t("summary.failures")), simpleTable(t("summary.failures"), [t("page"), t("failure.what"), t("failure.cure")], unread.map((row) => [row[2] ?? t("page.whole"), `${row[3]}: ${row[4]}`, row[5]])));
  if (data.overrides.length) parts.push(el("h3", {}, t("decree.overrides")), overridesTable(data.overrides));
  if (data.links.length) parts.push(el("h3", {}, t("decree.links")), simpleTable(t("decree.links"), [t("file"), t("filter.relation"), t("decree.reasons")], data.links.map(([path, relation, , why, confidence, review]) => [
    path, t(`link.${relation}`), [`${why.join(", ")} (${percent(confidence)}) `, review ? badge("review", `? ${t("standing.review")}`) : null]])));
  if (data.feed.length) parts.push(el("h3", {}, t("decree.feed")), simpleTable(t("decree.feed"), [t("decree.field"), "JDIH", t("decree"), t("decree.verdict")], data.feed.map(([field, sent, read, verdict, , review]) => [
    fieldName(field), sent ?? nothing(), read ?? nothing(), [t(`verdict.${verdict}`), review ? [" ", badge("review", `? ${t("standing.review")}`)] : null]])));
  return parts;
}

function overridesTable(overrides) {
  return simpleTable(t("decree.overrides"), [t("decree.about"), t("compare.then"), t("compare.now"), t("decree.who"), t("decree.why"), t("filter.status")], overrides.map(
    ([table, field, key, page, before, value, status, why, who, when, because]) => [
      [`${table} · ${fieldName(field)} · ${key}`, page === null ? null : muted(` ${pageLabel(page)}`)], before, value, `${who}, ${when}`, because ?? "",
      badge(status === "applied" ? "override" : "review", [t(`override.${status}`), why ? `: ${reason(why)}` : ""].join("")),
    ]));
}
