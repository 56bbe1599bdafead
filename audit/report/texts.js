// Words: the report in two languages, numbers and dates as each writes them.

const LANGUAGES = ["id", "en"];
let language = 0;

/** A text of the report in the language chosen; words in braces are filled in. */
function t(key, words) {
  const said = TEXTS[key] ? TEXTS[key][language] : key;
  return words ? said.replace(/\{(\w+)\}/g, (slot, name) => (name in words ? words[name] : slot)) : said;
}

const told = (key) => key in TEXTS;
const number = (value, digits = 0) =>
  value.toLocaleString(LANGUAGES[language], { minimumFractionDigits: 0, maximumFractionDigits: digits });
const percent = (share, digits = 0) => `${number(share * 100, digits)}%`;

/** A day as people write it: "16 Januari 2023". */
function day(iso) {
  const [year, month, date] = iso.split("-").map(Number);
  return `${date} ${t(`month.${month}`)} ${year}`;
}

const PLACE = /@[\d:,.]+$/; // where on the page a reason stands: the crop shows it

/** A stable word of the tables ("mark-unsure:Jan") as a person says it; one without a text stays as it is. */
function reason(word) {
  const [name, about] = word.replace(PLACE, "").split(":");
  const said = told(`reason.${name}`) ? t(`reason.${name}`) : name;
  return about ? `${said} (${told(`field.${about}`) ? t(`field.${about}`) : about})` : said;
}

const reasons = (words) => words.map(reason).join("; ");
const fieldName = (name) => (told(`field.${name}`) ? t(`field.${name}`) : name);
const codeName = (code) => (DATA.codes[code] ? DATA.codes[code][LANGUAGES[language]] : code);
const provinceName = (code) => DATA.provinces[code] || t("none.province");

/** An indicator with its name: "A1.P2 Rencana Pembangunan Zona Integritas". */
function indicatorName(id) {
  const about = DATA.indicators[id];
  return about && about[0] ? `${id} ${about[0]}` : id;
}

const areaName = (id) => (id === "all" ? t("area.all") : (DATA.indicators[id] || [id])[0] || id);

/** Number and year of a decree; the year once. */
function decreeName(doc) {
  const dated = doc.number && doc.year && doc.number.includes(String(doc.year));
  return [dated ? null : doc.year, doc.number].filter(Boolean).join(" · ");
}

const docName = (doc) => [doc.office, decreeName(doc)].filter(Boolean).join(" · ");

/** A gazette as cited. */
function gazetteName([series, year, no]) {
  return [series, year, no ? `${t("legal.no")} ${no}` : t("legal.no_number")].filter(Boolean).join(" ");
}
