// rich_text and markdown blocks.
import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { channelName, dateToken, link, mention } from "./mrkdwn.js";

const MARKS = [["code", "code"], ["strike", "s"], ["italic", "em"], ["bold", "strong"], ["underline", "u"]];

function styled(node, style = {}) {
  return MARKS.reduce((inner, [name, tag]) => (style[name] ? h(tag, {}, inner) : inner), node);
}

const LEAVES = {
  text: (leaf) => document.createTextNode(leaf.text),
  link: (leaf) => link(leaf.url, leaf.text),
  user: (leaf) => mention(leaf.user_id),
  channel: (leaf) => channelName(leaf.channel_id),
  emoji: (leaf) => document.createTextNode(emoji(leaf.name)),
  broadcast: (leaf) => h("span", { class: "mention wide" }, `@${leaf.range}`),
  usergroup: (leaf) => h("span", { class: "mention" }, `@${leaf.usergroup_id}`),
  date: (leaf) => dateToken(leaf.timestamp, leaf.format, leaf.fallback),
  color: (leaf) => h("code", {}, leaf.value),
};

function leaves(elements = []) {
  return elements.map((leaf) => (LEAVES[leaf.type] ? styled(LEAVES[leaf.type](leaf), leaf.style) : h("code", { class: "unknown" }, leaf.type)));
}

const PARTS = {
  rich_text_section: (part) => h("div", { class: "pre-line" }, leaves(part.elements)),
  rich_text_quote: (part) => h("blockquote", { class: "pre-line" }, leaves(part.elements)),
  rich_text_preformatted: (part) => h("pre", {}, leaves(part.elements)),
  rich_text_list: (part) =>
    h(part.style === "ordered" ? "ol" : "ul", { start: part.offset ? part.offset + 1 : undefined, class: `indent-${part.indent ?? 0}` },
      part.elements.map((item) => h("li", {}, leaves(item.elements)))),
};

export function richText(block) {
  return h("div", { class: "text rich", dir: "auto" }, block.elements.map((part) => (PARTS[part.type] ? PARTS[part.type](part) : h("code", { class: "unknown" }, part.type))));
}

const INLINE = /`([^`\n]+)`|\[([^\]\n]+)\]\(([^)\s]+)\)|(\*\*|__|~~)(?=\S)(.+?)(?<=\S)\4|(?<![\p{L}\p{N}*_])([*_])(?=\S)([^*_\n]+?)(?<=\S)\6(?![\p{L}\p{N}])|<(https?:[^>\s]+)>/gu;

function inline(text) {
  const nodes = [];
  let at = 0;
  for (const found of text.matchAll(INLINE)) {
    const [whole, code, label, url, strong, strongText, , emText, bare] = found;
    if (found.index > at) nodes.push(document.createTextNode(text.slice(at, found.index)));
    if (code) nodes.push(h("code", {}, code));
    else if (label) nodes.push(link(url, label));
    else if (strong) nodes.push(h(strong === "~~" ? "s" : "strong", {}, inline(strongText)));
    else if (emText) nodes.push(h("em", {}, inline(emText)));
    else nodes.push(link(bare, bare));
    at = found.index + whole.length;
  }
  nodes.push(document.createTextNode(text.slice(at)));
  return nodes;
}

const LINES = [
  [/^(#{1,6})\s+(.*)$/, (found) => ["heading", found[2]]],
  [/^\s*[-*+]\s+\[( |x|X)\]\s+(.*)$/, (found) => ["ul", `${found[1] === " " ? "☐" : "☑"} ${found[2]}`]],
  [/^\s*[-*+]\s+(.*)$/, (found) => ["ul", found[1]]],
  [/^\s*\d+[.)]\s+(.*)$/, (found) => ["ol", found[1]]],
  [/^>\s?(.*)$/, (found) => ["quote", found[1]]],
  [/^\s*\|(.+)\|\s*$/, (found) => ["table", found[1]]],
  [/^(?:---+|\*\*\*+)\s*$/, () => ["rule", ""]],
  [/^\s*$/, () => ["blank", ""]],
];

function lineOf(line) {
  for (const [pattern, make] of LINES) {
    const found = line.match(pattern);
    if (found) return make(found);
  }
  return ["text", line];
}

function gridOf(lines) {
  const rows = lines.map((line) => line.split("|").map((cell) => cell.trim())).filter((row) => !row.every((cell) => /^:?-+:?$/.test(cell)));
  return h("div", { class: "grid-scroll" }, h("table", { class: "grid" }, rows.map((row, i) => h("tr", {}, row.map((cell) => h(i ? "td" : "th", {}, inline(cell)))))));
}

const GROUPS = {
  heading: (lines) => lines.map((line) => h("h4", {}, inline(line))),
  ul: (lines) => h("ul", {}, lines.map((line) => h("li", {}, inline(line)))),
  ol: (lines) => h("ol", {}, lines.map((line) => h("li", {}, inline(line)))),
  quote: (lines) => h("blockquote", {}, lines.map((line, i) => [i ? h("br") : null, inline(line)])),
  table: gridOf,
  rule: () => h("hr"),
  blank: () => null,
  text: (lines) => h("p", {}, lines.map((line, i) => [i ? h("br") : null, inline(line)])),
};

export function markdown(text) {
  const groups = [];
  for (const [kind, body] of String(text ?? "").replace(/```\w*\n?([\s\S]*?)```/g, (_, code) => code.replace(/^/gm, "    ")).split("\n").map(lineOf)) {
    if (groups.at(-1)?.kind === kind) groups.at(-1).lines.push(body);
    else groups.push({ kind, lines: [body] });
  }
  return h("div", { class: "text markdown", dir: "auto" }, groups.map((group) => GROUPS[group.kind](group.lines)));
}
