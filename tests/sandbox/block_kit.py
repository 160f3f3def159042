"""Smallest blocks and elements that Slack takes, to be spoilt one rule at a time."""

from typing import Any

from bot.sandbox.refusals import blocks

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def section(**more: Any) -> Json:
    return {"type": "section", "text": mrkdwn("Words"), **more}


def actions(count: int) -> Json:
    return {"type": "actions", "elements": [button(action_id=f"a{i}") for i in range(count)]}


def field(**more: Any) -> Json:
    element = {"type": "plain_text_input", "action_id": "a"}
    return {"type": "input", "label": plain("Task"), "element": element, **more}


def picture(**more: Any) -> Json:
    return {"type": "image", "image_url": "https://example.org/a.png", "alt_text": "A", **more}


def button(**more: Any) -> Json:
    return {"type": "button", "text": plain("Done"), **more}


def confirm(**more: Any) -> Json:
    words = {key: plain("x") for key in ("title", "text", "confirm", "deny")}
    return button(confirm={**words, **more})


def option(**more: Any) -> Json:
    return {"text": plain("One"), "value": "1", **more}


def options(count: int) -> list[Json]:
    return [option(value=str(i)) for i in range(count)]


def select(**more: Any) -> Json:
    return {"type": "static_select", "options": [option()], **more}


def multi(**more: Any) -> Json:
    return {"type": "multi_static_select", "options": [option()], **more}


def group(**more: Any) -> Json:
    groups = [{"label": plain("G"), "options": [option()], **more}]
    return {"type": "static_select", "option_groups": groups}


def text_input(**more: Any) -> Json:
    return {"type": "plain_text_input", **more}


def number_input(**more: Any) -> Json:
    return {"type": "number_input", "is_decimal_allowed": False, **more}


def modal(*blocks: Json, **more: Any) -> Json:
    return {"type": "modal", "title": plain("Add an action"), "blocks": list(blocks), **more}


def url(length: int) -> str:
    return "https://".ljust(length, "x")


INPUTS = ("plain_text_input", "number_input", "email_text_input", "url_text_input", "file_input")


def complaints(element: Json) -> list[str]:
    """Those about an element in the place that Slack has for it."""
    if element.get("type") in (*INPUTS, "datetimepicker"):
        return blocks([{"type": "input", "label": plain("x"), "element": element}], "modal")
    return blocks([{"type": "section", "text": plain("x"), "accessory": element}], "modal")
