// Parts that several views use: badges, values with their certainty, crops, bars.

const STATUS_SIGN = { present: "●", missing: "×", uncertain: "?", "not-in-form": "–", "no-plan": "·" };
const SEVERITY_SIGN = { error: "■", warning: "▲", info: "i" };
const SURE = 0.995; // confidence from which it is not worth a word

const WIDE = 1100; // pixels: a picture with more,
const FLAT = 6; // and so many times as wide as high, is a row of a table, not legible in half a page

const badge = (kind, label, title) => el("span", { class: `badge ${kind}`, title }, label);
const note = (...children) => el("p", { class: "note" }, children);
const muted = (...children) => el("span", { class: "muted" }, children);
const nothing = () => muted(t("none.value"));

function severityBadge(severity) {
  return el("span", { class: `badge severity ${severity}` }, el("span", { "aria-hidden": "true" }, `${SEVERITY_SIGN[severity]} `), t(`severity.${severity}`));
}

function certaintyBadge(certainty) {
  return badge(`certainty ${certainty}`, t(`certainty.${certainty}`), t(`certainty.${certainty}.about`));
}

function decisionBadge(decision) {
  return decision ? badge(`decision ${decision}`, t(`decision.${decision}`)) : null;
}

/** How a value stands, in a badge that no sure value has: decided by a person, to be reviewed, concluded, or less than sure. */
function standing(value) {
  const marks = [];
  if (value.decided) marks.push(badge("override", t("standing.override"), t("standing.override.about")));
  if (value.review) {
    const why = value.reasons && value.reasons.length ? `: ${reasons(value.reasons)}` : "";
    marks.push(badge("review", `? ${t("standing.review")}${why}`));
  }
  if (value.origin && value.origin !== "printed" && value.origin !== "override") marks.push(badge("concluded", t(`origin.${value.origin}`)));
  if (typeof value.confidence === "number" && value.confidence < SURE) {
    marks.push(badge("confidence", t("standing.confidence", { share: percent(value.confidence) })));
  }
  return marks;
}

const standingClass = (value) => (value.decided ? "is-override" : value.review ? "is-review" : "is-sure");

/** A value, told apart by how it was come by. */
function valued(text, value) {
  return el("span", { class: `value ${standingClass(value)}`, dir: "auto" }, text);
}

const pageLabel = (page) => (page === null || page === undefined ? null : `${t("page.short")} ${page}`);

/** A picture of a place; one as long as a row of a table stands below the text and not beside it, where nobody could read it. */
function crop(address, label) {
  const stack = ({ target }) => {
    const card = target.closest(".card-row");
    if (card && target.naturalWidth > Math.max(WIDE, FLAT * target.naturalHeight)) card.classList.add("stacked");
  };
  return el("figure", { class: "crop" }, el("img", { src: address, alt: label, decoding: "async", onload: stack }), el("figcaption", {}, label));
}

/** Pictures of [page, address]. */
const crops = (list) => (list || []).map(([page, address]) => crop(address, t("crop.page", { page })));

function docLink(doc, label) {
  return el("a", { href: `#/decree/${doc.id}`, dir: "auto" }, label || docName(doc));
}

/** Shares of a whole as one bar, with the figures for those who do not see it. */
function stacked(parts) {
  const whole = parts.reduce((sum, [, n]) => sum + n, 0) || 1;
  const label = parts.map(([kind, n]) => `${t(`status.${kind}`)} ${percent(n / whole)}`).join(", ");
  const bar = el("div", { class: "bar", role: "img", "aria-label": label, title: label });
  for (const [kind, n] of parts) {
    if (!n) continue;
    const part = el("span", { class: `part ${kind}` }, n / whole > 0.12 ? percent(n / whole) : "");
    part.style.flexGrow = n / whole;
    bar.append(part);
  }
  return bar;
}

function section(id, title, ...children) {
  return el("section", { class: "panel", id, "aria-labelledby": `${id}-title` }, el("h2", { id: `${id}-title` }, title), children);
}

/** The shape that tells statuses apart, with its meaning. */
function legend(statuses) {
  return el(
    "ul",
    { class: "legend", "aria-label": t("legend.label") },
    statuses.map((status) => el("li", {}, el("span", { class: `cell ${status}`, "aria-hidden": "true" }, STATUS_SIGN[status]), t(`status.${status}`))),
    el("li", {}, el("span", { class: "cell present decided", "aria-hidden": "true" }, STATUS_SIGN.present), t("standing.override")),
  );
}

function shortened(text, length) {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
