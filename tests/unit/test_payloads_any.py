"""Bodies with anything missing or strange in them."""

import json
from collections.abc import Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.handlers import payloads
from bot.views.blocks import Id
from tests.unit.test_payloads import BOT, press

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
BODIES: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(
            ["block_actions", "view_submission", "view_closed", "shortcut", "message_action"]
        ),
        "user": st.sampled_from([None, {}, {"id": "U1"}]),
        "channel": st.sampled_from([None, {}, {"id": "C1"}]),
        "container": st.sampled_from([None, {}, {"message_ts": "5.1"}]),
        "view": st.sampled_from([None, {}, {"id": "V1"}, {"callback_id": "item.add", "state": {}}]),
        "actions": st.sampled_from([None, [], [{}], [{"action_id": "item.done"}]]),
        "event": st.sampled_from([None, {}, {"type": "message"}, {"type": "app_mention"}]),
        "command": st.sampled_from(["/wg", ""]),
        "message": st.sampled_from([None, {}]),
        "text": st.none() | st.text(max_size=5),
        "extra": JSON,
    },
)


@given(BODIES)
def test_a_body_with_parts_missing_is_still_read(body: Mapping[str, Any]) -> None:
    payloads.invocation(body, BOT)
    payloads.click(body)
    payloads.form(body)
    payloads.shortcut(body)
    payloads.happening(body)
    assert payloads.place(body).view == ""


@given(JSON)
def test_what_a_button_carries_may_be_anything(carried: object) -> None:
    found = payloads.click(press(action_id="item.done", value=json.dumps(carried)))
    assert found is not None
    assert found.id is Id.ITEM_DONE
