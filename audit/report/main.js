// The frame: which view is shown, the language, and paper.

const TABS = ["summary", "matrix", "schedule", "legal", "findings", "compare"];
const UNFOLDED = "details.names, .view-decree details"; // what is open on paper
let shown = null;
let turn = 0;

/** Shows the view that the address names. */
async function show() {
  const mine = (turn += 1);
  const [, name, id] = location.hash.split("/");
  const view = VIEWS[name] ? name : "summary";
  const main = byId("main");
  document.documentElement.lang = LANGUAGES[language];
  document.title = `${t("title")} · ${told(`nav.${view}`) ? t(`nav.${view}`) : t("decree")}`;
  frame(view);
  const fresh = el("div", { class: `view view-${view}` });
  main.setAttribute("aria-busy", "true");
  main.replaceChildren(fresh);
  let made = null;
  try {
    made = await VIEWS[view].render(fresh, id);
  } catch (error) {
    append(fresh, [el("p", { class: "note failed", role: "alert" }, t("none.data", { why: error.message }))]);
    throw error;
  }
  if (mine !== turn) return;
  shown = made || null;
  main.removeAttribute("aria-busy");
}

function frame(view) {
  byId("title").textContent = t("title");
  byId("skip").textContent = t("skip");
  const nav = byId("nav");
  nav.setAttribute("aria-label", t("nav.label"));
  fill(nav, TABS.map((tab) => el("a", { href: `#/${tab}`, "aria-current": tab === view ? "page" : null }, t(`nav.${tab}`))));
  const group = byId("languages");
  group.setAttribute("aria-label", t("language"));
  fill(group, LANGUAGES.map((name, n) => el("button", { type: "button", lang: name, "aria-pressed": String(n === language), id: `language-${name}`, onclick: () => speak(n) }, name === "id" ? "Indonesia" : "English")));
  const { version, schema_version: schema, taxonomy_version: taxonomy, content } = DATA.version;
  byId("foot").textContent = t("foot", { version, schema, taxonomy, content: content.slice(0, 16) });
}

async function speak(n) {
  language = n;
  await show();
  byId(`language-${LANGUAGES[n]}`).focus();
}

/** The skip link moves the focus; as an address it would be taken for a view. */
byId("skip").addEventListener("click", (event) => {
  event.preventDefault();
  byId("main").focus();
});

window.addEventListener("hashchange", async () => {
  await show();
  window.scrollTo(0, 0);
  byId("main").focus({ preventScroll: true });
});
window.addEventListener("resize", () => { if (shown && shown.draw && !shown.printing) shown.draw(); });
window.addEventListener("beforeprint", () => {
  document.querySelectorAll(UNFOLDED).forEach((one) => { one.dataset.open = one.open; one.open = true; });
  if (shown && shown.print) shown.print(true);
});
window.addEventListener("afterprint", () => {
  document.querySelectorAll(UNFOLDED).forEach((one) => { one.open = one.dataset.open === "true"; });
  if (shown && shown.print) shown.print(false);
});

show();
