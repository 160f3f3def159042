// The acting person's stack of modals; what they typed survives updates and errors.
import { get, post, complaint } from "./api.js";
import { drawBlocks } from "./blocks.js";
import { h, icon, toast } from "./dom.js";
import { plain } from "./mrkdwn.js";
import { closeMenu } from "./popover.js";
import { here, when } from "./store.js";

let shown = null;
let before = null;

// What was typed changes a view's state and hash, not how it looks.
const look = (view) => JSON.stringify({ ...view, state: null, hash: null });

const keyOf = (input) => `${input.block.block_id}/${input.block.element.action_id}`;

function values(inputs) {
  return Object.fromEntries(inputs.map((input) => [input.block.block_id, input.read()]));
}

// Slack keeps a typed value where block and action id stay the same.
function carry(from, to) {
  const old = new Map(from.map((input) => [keyOf(input), input]));
  for (const input of to) {
    const was = old.get(keyOf(input));
    if (was && was.block.element.type === input.block.element.type && was.first !== JSON.stringify(was.read())) input.write(was.read());
  }
}

function missing(input) {
  if (input.block.optional || input.read() !== null) return null;
  return { static_select: "Please select an item", checkboxes: "Please select at least one item" }[input.block.element.type] ?? "Please complete this required field.";
}

function blame(errors) {
  let first = null;
  for (const input of shown.inputs) {
    const text = errors[input.block.block_id];
    input.blame(text);
    if (text) first ??= input.node;
  }
  first?.focus();
}

function trouble(text) {
  shown.trouble.textContent = text ?? "";
}

async function submit(event) {
  event.preventDefault();
  if (shown.busy) return;
  const wrong = Object.fromEntries(shown.inputs.map((input) => [input.block.block_id, missing(input)]).filter(([, text]) => text));
  blame(wrong);
  if (Object.keys(wrong).length) return;
  const { view, submit: button } = shown;
  trouble(null);
  busy(button, true);
  const result = await post("submit", { user: here.me, view_id: view.id, values: values(shown.inputs), wait: "ack" });
  if (shown?.view.id === view.id) busy(button, false);
  if (result.errors) return blame(result.errors);
  const refused = complaint(result);
  if (refused && shown) trouble(refused);
  else if (refused) toast(refused, "bad");
  await refresh();
}

function busy(button, on) {
  shown.busy = on;
  button.classList.toggle("pending", on);
  button.disabled = on;
}

export async function closeTop(all = false) {
  if (!shown) return;
  const result = await post("close", { user: here.me, view_id: shown.view.id, wait: "ack", ...(all ? { all: true } : {}) });
  if (result.ok === false) toast(complaint(result), "bad");
  await refresh();
}

function context(view, inputs) {
  return {
    inputs,
    send: async (action) => {
      const result = await post("interact", { user: here.me, view_id: view.id, wait: "ack", values: values(inputs), ...action });
      const wrong = complaint(result);
      if (wrong && shown) trouble(wrong);
    },
  };
}

function dialog() {
  const box = h("dialog", { class: "modal", data: { testid: "modal" } });
  box.addEventListener("cancel", (event) => {
    event.preventDefault();
    closeTop();
  });
  document.body.append(box);
  return box;
}

function draw(view, depth) {
  const inputs = [];
  const ctx = context(view, inputs);
  const body = drawBlocks(view.blocks, ctx);
  for (const input of inputs) input.first = JSON.stringify(input.read());
  if (shown?.view.id === view.id) carry(shown.inputs, inputs);
  const title = plain(view.title?.text);
  const close = h("button", { type: "button", class: "icon-button", "aria-label": "Close", on: { click: () => closeTop() } }, icon(depth > 1 ? "back" : "close"));
  const send = view.submit ? h("button", { type: "submit", class: "button primary", data: { testid: "submit" } }, plain(view.submit.text)) : null;
  const problem = h("div", { class: "trouble", role: "alert" });
  const form = h("form", { novalidate: true, on: { submit } },
    h("header", {}, h("h2", {}, title), close),
    h("div", { class: "modal-body" }, body),
    problem,
    h("footer", {},
      depth > 1 ? h("span", { class: "muted depth" }, `${depth} of 3 on top of each other`) : null,
      h("button", { type: "button", class: "button", on: { click: () => closeTop() } }, plain(view.close?.text ?? "Cancel")), send));
  return { view, inputs, form, trouble: problem, submit: send, title };
}

function focusFirst(box) {
  const first = box.querySelector(".modal-body input:not([type=hidden]),.modal-body textarea,.modal-body select,.modal-body button") ?? box.querySelector("footer .button:last-child");
  first?.focus();
}

function put(view, depth) {
  const box = shown?.box ?? dialog();
  const same = shown?.view.id === view.id;
  const focused = same ? document.activeElement?.dataset?.action : null;
  const top = box.querySelector(".modal-body")?.scrollTop ?? 0;
  closeMenu();
  before ??= document.activeElement;
  const next = draw(view, depth);
  box.setAttribute("aria-label", next.title);
  box.replaceChildren(next.form);
  shown = { ...next, box, look: look(view), depth };
  if (!box.open) box.showModal();
  if (same) box.querySelector(".modal-body").scrollTop = top;
  const back = focused && [...box.querySelectorAll("[data-action]")].find((node) => node.dataset.action === focused);
  if (back) back.focus();
  else focusFirst(box);
}

function gone() {
  if (!shown) return;
  closeMenu();
  shown.box.close();
  shown.box.remove();
  shown = null;
  before?.focus?.();
  before = null;
}

let asked = 0;

export async function refresh() {
  asked += 1;
  const mine = asked;
  const result = await get(`view/${here.me}`);
  if (mine !== asked) return;
  const stack = result.views ?? result.stack ?? [];
  if (!stack.length) gone();
  else if (shown?.look !== look(stack[0]) || shown.depth !== stack.length) put(stack[0], stack.length);
}

export function start() {
  const mine = (event) => (!event.user || event.user === here.me) && refresh();
  for (const kind of ["view", "view_closed", "reset"]) when(kind, mine);
  when("acting", () => { gone(); refresh(); });
}
