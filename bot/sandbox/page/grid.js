// table and data_table blocks.
import { h } from "./dom.js";
import { richText } from "./rich.js";
import { plain } from "./mrkdwn.js";

const SHORT = 40; // Characters that stay on one line.

function cellNode(cell) {
  if (cell === null || cell === undefined) return "";
  if (typeof cell === "string" || typeof cell === "number") return plain(cell);
  if (cell.type === "rich_text") return richText(cell);
  if (cell.type === "raw_number") return cell.text ?? String(cell.value);
  const shown = cell.text ?? cell.value ?? "";
  return plain(typeof shown === "object" ? shown.text : shown);
}

function isNumber(cell) {
  return cell?.type === "raw_number" || cell?.type === "number" || typeof cell === "number";
}

function rowNode(row, tag, settings) {
  return h("tr", {}, row.map((cell, i) => {
    const align = settings[i]?.align ?? (isNumber(cell) ? "right" : undefined);
    const node = h(tag, { class: align ? `align-${align}` : undefined, scope: tag === "th" ? "col" : undefined, dir: "auto" }, cellNode(cell));
    node.classList.toggle("short", node.textContent.length <= SHORT);
    return node;
  }));
}

export function table(block) {
  const [head, ...rows] = block.rows ?? [];
  const settings = block.column_settings ?? [];
  return h("div", { class: "grid-scroll" },
    h("table", { class: "grid" },
      block.caption ? h("caption", {}, plain(block.caption)) : null,
      h("thead", {}, head ? rowNode(head, "th", settings) : null),
      h("tbody", {}, rows.map((row) => rowNode(row, "td", settings)))));
}

function sortKey(cell) {
  const shown = cell?.value ?? cell?.text ?? cell;
  return isNumber(cell) ? Number(shown) : String(shown ?? "");
}

function compare(one, other) {
  return typeof one === "number" && typeof other === "number" ? one - other : String(one).localeCompare(String(other), undefined, { numeric: true });
}

// A data_table pages and sorts in the reader's client.
export function dataTable(block) {
  const [head = [], ...rows] = block.rows ?? [];
  const size = block.page_size ?? 10;
  const body = h("tbody");
  const count = h("span", { class: "muted" });
  let page = 0;
  let order = { column: -1, down: false };
  const draw = () => {
    const sorted = order.column < 0 ? rows : [...rows].sort((one, other) => compare(sortKey(one[order.column]), sortKey(other[order.column])) * (order.down ? -1 : 1));
    const pages = Math.max(1, Math.ceil(rows.length / size));
    page = Math.min(Math.max(page, 0), pages - 1);
    body.replaceChildren(...sorted.slice(page * size, page * size + size).map((row) => rowNode(row, "td", [])));
    count.textContent = `${rows.length} rows · page ${page + 1} of ${pages}`;
    back.disabled = page === 0;
    on.disabled = page === pages - 1;
  };
  const turn = (step) => () => { page += step; draw(); };
  const back = h("button", { type: "button", class: "button small", on: { click: turn(-1) } }, "Previous");
  const on = h("button", { type: "button", class: "button small", on: { click: turn(1) } }, "Next");
  const sortBy = (column) => () => { order = { column, down: order.column === column && !order.down }; draw(); };
  const heads = head.map((cell, i) => h("th", { scope: "col", class: isNumber(rows[0]?.[i]) ? "align-right" : undefined }, h("button", { type: "button", class: "sort", on: { click: sortBy(i) } }, cellNode(cell))));
  draw();
  return h("div", { class: "grid-scroll data-table" },
    h("table", { class: "grid" }, h("caption", {}, plain(block.caption?.text ?? block.caption ?? "")), h("thead", {}, h("tr", {}, heads)), body),
    h("div", { class: "pager" }, count, rows.length > size ? [back, on] : null));
}
