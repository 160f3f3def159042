"""The words after `digest`."""

import pytest

from bot.errors import BadInput, Code
from bot.handlers.digests import read_asked
from tests.unit.programme import reading


@pytest.mark.parametrize("line", ["off on targets", "on targets off", "now off"])
def test_only_one_thing_is_asked_of_a_digest_at_a_time(line: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_asked(line, reading())
    assert refused.value.code is Code.WRONG_WORDS
    choices = refused.value.facts["choices"]
    assert isinstance(choices, tuple)
    assert set(choices) <= set(line.split()) - {"targets"}
    assert len(set(choices)) == 2
