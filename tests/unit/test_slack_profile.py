"""What Slack tells of a person, as the bot knows them."""

import pytest

from bot.slack import profile


@pytest.mark.parametrize(
    ("details", "called"),
    [
        ({"real_name": "Trials chair (London)", "display_name": "trials-chair"}, "Trials chair"),
        ({"real_name": "", "display_name": "Trials chair"}, "Trials chair"),
        ({}, "trials-chair"),
    ],
)
def test_people_are_called_by_their_whole_name_where_slack_tells_it(
    details: dict[str, str], called: str
) -> None:
    told = profile({"id": "U0TRIALS1", "name": "trials-chair", "profile": details}, "T0TEST")
    assert told.name.startswith(called)
    assert told.handle == "trials-chair"


def test_who_comes_from_another_workspace_is_external_and_known_by_it() -> None:
    told = profile({"id": "U0OTHER01", "name": "other", "team_id": "T0OTHER"}, "T0TEST")
    assert (told.external, told.home_team) == (True, "T0OTHER")
    own = profile({"id": "U0OWN0001", "name": "own", "team_id": "T0TEST"}, "T0TEST")
    assert not own.external
