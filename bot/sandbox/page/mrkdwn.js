// Slack's mrkdwn as DOM nodes: nothing in it is ever read as HTML.
import { h } from "./dom.js";
import { emoji, EMOJI } from "./emoji.js";
import { fromTs, slackDate } from "./when.js";
import { here } from "./store.js";

const INLINE = /`([^`\n]+)`|<([^<>\n]+)>|:([a-z0-9_+'-]+(?:::skin-tone-\d)?):|(?<![\p{L}\p{N}])([*_~])(?=[^\s*_~]|[*_~](?!\4))((?:<[^<>\n]*>|(?!\4)[^\n])+?)(?<=\S)\4(?![\p{L}\p{N}])/gu;
const STYLES = { "*": "strong", _: "em", "~": "s" };
const WIDE = new Set(["here", "channel", "everyone"]);

export function unescape(text) {
  return text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
}

// A message's permalink leads to its place on this page.
function placeOf(target) {
  const found = target.pathname.match(/^\/archives\/(\w+)\/p(\d+)(\d{6})$/);
  if (!found) return target.href;
  return `${here.link(found[1], target.searchParams.get("thread_ts"))}@${found[2]}.${found[3]}`;
}

export function openUrl(url) {
  const node = link(url, "");
  if (!node.href) return;
  if (node.target) globalThis.open(node.href, "_blank", "noopener");
  else location.href = node.href;
}

export function link(url, label) {
  let target;
  try {
    target = new URL(url, location.href);
  } catch {
    return document.createTextNode(label || url);
  }
  if (!["http:", "https:", "mailto:"].includes(target.protocol)) return document.createTextNode(label || url);
  if (target.origin === location.origin) return h("a", { href: placeOf(target) }, label || url);
  return h("a", { href: target.href, target: "_blank", rel: "noopener noreferrer" }, label || url);
}

export function mention(id) {
  const person = here.person(id);
  const own = id === here.me ? " own" : "";
  return h("span", { class: `mention${own}`, title: person?.title || undefined, dir: "auto" }, `@${person?.name ?? id}`);
}

export function channelName(id) {
  const channel = here.channel(id);
  if (!channel) return h("span", { class: "mention" }, "#private-channel");
  return h("a", { class: "mention", href: here.link(channel.id) }, `#${channel.name}`);
}

export function dateToken(seconds, format, fallback) {
  const date = fromTs(seconds);
  if (Number.isNaN(date.getTime())) return document.createTextNode(fallback || "");
  return h("time", { datetime: date.toISOString(), title: fallback || undefined }, slackDate(date, format, here.zone(), here.now()));
}

function special(body) {
  const bar = body.indexOf("|");
  const [head, label] = bar < 0 ? [body, ""] : [body.slice(0, bar), unescape(body.slice(bar + 1))];
  if (head.startsWith("@")) return mention(head.slice(1));
  if (head.startsWith("#")) return channelName(head.slice(1));
  if (head.startsWith("!date^")) {
    const [, seconds, format, url] = head.split("^");
    const shown = dateToken(seconds, format ?? "{date}", label);
    return url ? link(url, shown.textContent) : shown;
  }
  if (WIDE.has(head.slice(1)) && head[0] === "!") return h("span", { class: "mention wide" }, `@${head.slice(1)}`);
  if (head[0] === "!") return h("span", { class: "mention" }, label || `@${head.slice(1)}`);
  if (/^(https?:|mailto:)/i.test(head)) return link(unescape(head), label);
  return document.createTextNode(`<${unescape(body)}>`);
}

function inlineNode(match) {
  const [whole, code, token, short, mark, inner] = match;
  if (code !== undefined) return h("code", {}, unescape(code));
  if (token !== undefined) return special(token);
  if (short !== undefined) return EMOJI.has(short.split("::")[0]) ? document.createTextNode(emoji(short)) : document.createTextNode(whole);
  return h(STYLES[mark], {}, inline(inner));
}

export function inline(text) {
  const nodes = [];
  let at = 0;
  for (const match of text.matchAll(INLINE)) {
    if (match.index > at) nodes.push(document.createTextNode(unescape(text.slice(at, match.index))));
    nodes.push(inlineNode(match));
    at = match.index + match[0].length;
  }
  if (at < text.length) nodes.push(document.createTextNode(unescape(text.slice(at))));
  return nodes;
}

const KINDS = [
  ["quote", /^(?:&gt;|>)\s?(.*)$/],
  ["ul", /^\s*[•◦‣-]\s+(.*)$/],
  ["ol", /^\s*(\d+)[.)]\s+(.*)$/],
];

function classify(line) {
  for (const [kind, pattern] of KINDS) {
    const found = line.match(pattern);
    if (found) return { kind, text: found.at(-1), number: kind === "ol" ? Number(found[1]) : 0 };
  }
  return { kind: "text", text: line };
}

function run(kind, lines) {
  if (kind === "quote") return h("blockquote", {}, lines.map((line, i) => [i ? h("br") : null, inline(line.text)]));
  if (kind === "text") return h("span", { class: "lines" }, lines.map((line, i) => [i ? h("br") : null, inline(line.text)]));
  return h(kind, kind === "ol" ? { start: lines[0].number } : {}, lines.map((line) => h("li", {}, inline(line.text))));
}

function paragraphs(text) {
  const nodes = [];
  let group = [];
  const flush = () => {
    if (group.length) nodes.push(run(group[0].kind, group));
    group = [];
  };
  for (const line of text.split("\n").map(classify)) {
    if (group.length && group[0].kind !== line.kind) flush();
    group.push(line);
  }
  flush();
  return nodes;
}

export function mrkdwn(text) {
  const nodes = [];
  String(text ?? "").split(/```\n?([\s\S]+?)```/).forEach((piece, i) => {
    if (i % 2) nodes.push(h("pre", {}, unescape(piece)));
    else if (piece.trim() || !nodes.length) nodes.push(...paragraphs(i ? piece.replace(/^\n/, "") : piece));
  });
  return h("div", { class: "text", dir: "auto" }, nodes);
}

export function plain(text, withEmoji = true) {
  const shown = String(text ?? "");
  return withEmoji ? shown.replace(/:([a-z0-9_+'-]+):/g, (whole, name) => EMOJI.get(name) ?? whole) : shown;
}

export function textObject(object) {
  if (!object) return null;
  if (typeof object === "string") return h("div", { class: "text", dir: "auto" }, object);
  if (object.type === "mrkdwn") return mrkdwn(object.text);
  return h("div", { class: "text pre-line", dir: "auto" }, plain(object.text, object.emoji !== false));
}
