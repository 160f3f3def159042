// Draws Block Kit blocks; what it does not know it shows as a red box.
import { h } from "./dom.js";
import { ELEMENTS } from "./elements.js";
import { dataVisualization } from "./chart.js";
import { dataTable, table } from "./grid.js";
import { plain, textObject } from "./mrkdwn.js";
import { markdown, richText } from "./rich.js";

function unknown(what, thing) {
  return h("div", { class: "unknown", role: "alert", data: { testid: "unknown" } }, `Unknown ${what}: ${thing?.type ?? JSON.stringify(thing)}`);
}

// Pictures from elsewhere are never fetched; their description stands in for them.
function picture(image) {
  const url = String(image.image_url ?? "");
  const local = url.startsWith("data:image/") || url.startsWith(`${location.origin}/`);
  if (local) return h("img", { src: url, alt: image.alt_text });
  return h("span", { class: "no-picture", role: "img", "aria-label": image.alt_text }, `🖼 ${image.alt_text}`);
}

function element(item, block, ctx, live = true) {
  if (item.type === "image") return picture(item);
  const make = ELEMENTS[item.type];
  if (!make) return unknown("element", item);
  const made = make(item, block, ctx, live);
  return made.node ?? made;
}

function section(block, ctx) {
  return h("div", { class: "section" },
    h("div", { class: "section-text" },
      textObject(block.text),
      block.fields ? h("div", { class: "fields" }, block.fields.map((field) => h("div", { class: "cell" }, textObject(field)))) : null),
    block.accessory ? h("div", { class: "accessory" }, element(block.accessory, block, ctx)) : null);
}

function context(block) {
  return h("div", { class: "context" }, block.elements.map((item) => (item.type === "image" ? picture(item) : textObject(item))));
}

let fields = 0;

function input(block, ctx) {
  const make = ELEMENTS[block.element?.type];
  if (!make) return unknown("element", block.element);
  fields += 1;
  const ids = { field: `field-${fields}`, hint: `hint-${fields}`, error: `error-${fields}`, label: `label-${fields}` };
  const made = make(block.element, block, ctx, Boolean(block.dispatch_action));
  const grouped = made.node.matches(".choices,.chips");
  made.node.id = ids.field;
  made.node.setAttribute("aria-describedby", `${ids.hint} ${ids.error}`);
  if (grouped) made.node.setAttribute("aria-labelledby", ids.label);
  const error = h("div", { class: "error", id: ids.error, role: "alert" });
  const label = [plain(block.label?.text), block.optional ? h("span", { class: "muted" }, " (optional)") : null];
  const node = h("div", { class: "input", data: { block: block.block_id } },
    grouped ? h("div", { class: "label", id: ids.label }, label) : h("label", { class: "label", for: ids.field, id: ids.label }, label),
    made.node, made.note,
    h("div", { class: "hint", id: ids.hint }, block.hint ? plain(block.hint.text) : ""),
    error);
  const blame = (text) => {
    error.textContent = text ?? "";
    node.classList.toggle("wrong", Boolean(text));
    if (text) made.node.setAttribute("aria-invalid", "true");
    else made.node.removeAttribute("aria-invalid");
  };
  made.node.addEventListener("input", () => blame(null));
  ctx.inputs?.push({ block, read: made.read, write: made.write, blame, node: made.node });
  return node;
}

const BLOCKS = {
  header: (block) => h("h3", { class: "header", dir: "auto" }, plain(block.text?.text)),
  divider: () => h("hr"),
  section, context, input,
  actions: (block, ctx) => h("div", { class: "actions" }, block.elements.map((item) => element(item, block, ctx))),
  image: (block) => h("figure", { class: "image" }, block.title ? h("figcaption", {}, plain(block.title.text)) : null, picture(block)),
  markdown: (block) => markdown(block.text),
  rich_text: (block) => richText(block),
  table: (block) => table(block),
  data_table: (block) => dataTable(block),
  data_visualization: (block) => dataVisualization(block),
  file: (block) => h("div", { class: "context" }, `📄 ${block.external_id}`),
};

function one(block, ctx) {
  const draw = BLOCKS[block?.type];
  try {
    return draw ? draw(block, ctx) : unknown("block", block);
  } catch (broken) {
    console.warn("A block could not be drawn:", broken.message);
    return unknown(`block (${broken.message})`, block);
  }
}

// ctx: send(action) and, in a form, the list that collects its inputs.
export function drawBlocks(blocks, ctx) {
  return h("div", { class: "blocks" }, (blocks ?? []).map((block) => {
    const node = one(block, ctx);
    node.dataset.type = block?.type ?? "unknown";
    return node;
  }));
}
