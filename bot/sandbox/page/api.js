// Talks to the workspace: the control API and its stream of events.
import { toast } from "./dom.js";
import { tell } from "./store.js";

const ROOT = "/_control/";

async function answer(request) {
  let response;
  try {
    response = await request;
  } catch {
    return { ok: false, error: "unreachable", detail: "The sandbox does not answer. Is `make run` still running?" };
  }
  try {
    return await response.json();
  } catch {
    return { ok: false, error: `http_${response.status}`, detail: `The sandbox answered ${response.status} without words.` };
  }
}

export function get(path, query = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  const tail = given.length ? `?${new URLSearchParams(given)}` : "";
  return answer(fetch(ROOT + path.split("/").map(encodeURIComponent).join("/") + tail, { cache: "no-store" }));
}

export function post(path, body) {
  return answer(
    fetch(ROOT + path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  );
}

export function complaint(result) {
  if (result.ok === false) return result.detail || result.error || "The sandbox refused that.";
  if (result.error === "operation_timeout") return "The operation timed out: the app did not answer within 3 seconds (operation_timeout).";
  if (result.error || result.acked === false) return result.detail || `That failed with the error "${result.error ?? "dispatch_failed"}".`;
  return null;
}

// Posts and says aloud what went wrong; the answer comes back either way.
export async function act(path, body) {
  const result = await post(path, body);
  const wrong = complaint(result);
  if (wrong) toast(wrong, "bad");
  return result;
}

let last = 0;

export function listen() {
  const source = new EventSource(`${ROOT}events?after=${last}`);
  source.onopen = () => tell("online", true);
  source.onmessage = (message) => {
    const event = JSON.parse(message.data);
    last = Math.max(last, event.seq ?? 0);
    tell("event", event);
    tell(event.kind, event);
  };
  source.onerror = () => {
    tell("online", false);
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, 1500);
  };
}
