// Ground: elements, data, and unpacking. Data becomes text nodes and attributes of elements, never markup.

const byId = (id) => document.getElementById(id);
const DATA = JSON.parse(byId("overview").textContent);
const TEXTS = JSON.parse(byId("texts").textContent);
const CHUNKS_KEPT = 8; // unpacked chunks of decrees that stay in memory

/** An element with attributes and children; null and false are left out, strings become text. */
function el(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (Array.isArray(child)) append(element, child);
    else element.append(child instanceof Node ? child : String(child));
  }
}

function fill(element, ...children) {
  element.replaceChildren();
  append(element, children);
  return element;
}

/** What an inert script element holds: base64 of zlib of JSON. */
async function inflate(id) {
  const text = atob(byId(id).textContent);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i += 1) bytes[i] = text.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).json();
}

const kept = new Map();

/** Data of a view, unpacked once. */
function large(name) {
  const id = `large-${name}`;
  if (!kept.has(id)) kept.set(id, inflate(id));
  return kept.get(id);
}

const chunks = new Map();

/** All that was read from a document, and the shared texts that it refers to. */
async function detailOf(doc) {
  const [number, position] = doc.at;
  if (!chunks.has(number)) {
    if (chunks.size >= CHUNKS_KEPT) chunks.delete(chunks.keys().next().value);
    chunks.set(number, inflate(`chunk-${number}`));
  }
  const [strings, chunk] = await Promise.all([large("strings"), chunks.get(number)]);
  return { ...chunk[position], say: (text) => (typeof text === "number" ? strings[text] : text ?? null) };
}

const DOCS = DATA.docs;
DOCS.forEach((doc, index) => {
  doc.index = index;
  doc.search = [doc.office, doc.code, doc.number, doc.year, doc.id].filter(Boolean).join(" ").toLowerCase();
});
const DOC_BY_ID = new Map(DOCS.map((doc) => [doc.id, doc]));
const COMPONENTS = DATA.components;
const AREAS = DATA.areas.map((area) => ({ ...area, columns: COMPONENTS.map((c, n) => n).filter((n) => COMPONENTS[n].area === area.id) }));
COMPONENTS.forEach((component, index) => {
  component.index = index;
  component.short = component.id.slice(component.id.lastIndexOf(".") + 1);
});
const COMPONENT_BY_ID = new Map(COMPONENTS.map((component) => [component.id, component]));

/** Views by name: `{ render(main) }`, which may give an object with `print(on)`. */
const VIEWS = {};
