"""Time is personal: who says where and when they work hears of their actions just then."""

from typing import Any

from tests.e2e.actors import Actor, buttons, initial
from tests.e2e.stage import Stage


async def test_a_move_from_vancouver_to_calgary_moves_the_morning(stage: Stage) -> None:
    """10:00 in Vancouver is 17:00 UTC in this winter; 08:30 in Calgary is 14:30."""
    partner = stage.person("partner")
    await partner.types("/wg action add Read the summary by 2 Dec for symptoms")
    stage.overlook()
    told = await partner.types("/wg zone Calgary")
    where = "Your zone is Calgary's (America/Edmonton), now 06:00 (UTC\u22126)."
    assert told.text.startswith(where)
    assert "Reminders come at 10:00 there. Days off: public holidays of Canada, AB" in told.text
    told = await partner.types("/wg hours 8:30-16:00 Mon-Thu")
    assert told.text.startswith("Your hours are 08:30\u201316:00, Mon\u2013Thu now.")
    stage.overlook()
    assert _reminded(await stage.advance("2026-12-01T00:00:00+00:00")) == ["2026-11-30T14:30"]
    await partner.sees("is due Wed 2 Dec 2026, in 2 days")
    told = await partner.types("/wg away until 7 Dec")
    assert told.text.startswith("You are away, first day back Mon 7 Dec 2026.")
    assert _reminded(await stage.advance("2026-12-08T00:00:00+00:00")) == ["2026-12-07T14:30"]
    await partner.sees("was due Wed 2 Dec 2026")
    assert (await partner.types("/wg back")).text.startswith("You are not away.")
    stage.overlook()


async def test_who_has_no_commands_says_it_by_mention_and_button(stage: Stage) -> None:
    observer = stage.person("industry-observer")
    await observer.says("@concerted zone Lisbon", "#wg-targets")
    said = await observer.sees("Your zone is Lisbon's (Europe/Lisbon), now")
    await observer.presses(said, "Change")
    form = await observer.form()
    assert initial(form, "zone") == "Europe/Lisbon"
    assert initial(form, "country") == "Portugal"
    wrong, right = {"start": "18:00", "end": "08:00"}, {"start": "08:00", "end": "18:00"}
    assert "end before they have lasted an hour" in await _refused(observer, form, "end", **wrong)
    unknown = {"country": "Atlantis", **right}
    assert 'no country "Atlantis"' in await _refused(observer, form, "country", **unknown)
    await observer.fills(form, country="Switzerland", region="Basel-Stadt", days=["0", "1", "2"])
    told = (await observer.sees("Your settings."))["text"]
    assert "Hours: 08:00\u201318:00, Mon\u2013Wed, reminders at 09:00." in told
    assert "public holidays of Switzerland, BS (chosen by you)" in told
    assert "observer of Targets, observer of Trials" in told
    await observer.says("me")
    again = await observer.sees("Your settings.")
    assert again["text"] == told
    assert buttons(again) == ["Change"]


MISTAKES = (
    ("zone Calgry", 'I don\'t know the city or zone "Calgry". Did you mean Calgary'),
    ("zone Zzyzx", 'city or zone "Zzyzx". Say a larger city near you, as in zone Toronto.'),
    ("zone cet", '"cet" stands for several zones, so I can\'t tell which is yours. Say a city'),
    ("hours 18-8", 'The hours "18:00 to 08:00" end before they have lasted an hour.'),
    ("hours 25:00", 'I couldn\'t read "25:00" as hours. Try hours 8:00 to 18:00'),
    ("away until yesterday", "Sat 21 Nov 2026 has passed. Please pick a later day."),
    ("away from 1 Dec to 4 Dec", "from now on. When it begins, type: away until 5 Dec 2026."),
    ("away until 1 Nov 2026", "Sun 1 Nov 2026 has passed. Please pick a later day."),
    ("away until 1 Dec 2031", "Mon 1 Dec 2031 is more than five years away."),
    ("mute XX-9", "I know no XX-9."),
    ("mute EM-2", "That is for the people of Models. You can ask @models-chair."),
    ("mute SR-1", "You get no reminders about SR-1."),
    ("settings", "Only @symptoms-chair can do this. Please ask them."),
)


async def test_each_mistake_has_its_own_answer_and_changes_nothing(demo: Stage) -> None:
    partner = demo.person("partner")
    before = demo.rows("people", "groups", "quiet")
    for typed, told in MISTAKES:
        answer = await partner.types(f"/wg {typed}", "#wg-symptoms")
        assert told in answer.text, typed
    assert demo.rows("people", "groups", "quiet") == before
    answer = await partner.types("/wg zone Calgry", "#wg-symptoms")
    await partner.presses(answer.message, "Calgary")
    await partner.sees("Your zone is Calgary's (America/Edmonton), now", "#wg-symptoms")


async def test_a_chair_sets_the_group_by_command_and_by_mention(stage: Stage) -> None:
    chair = stage.person("models-chair")
    await chair.types("/wg settings")
    form = await chair.form()
    assert (initial(form, "due_days"), initial(form, "before")) == ("7", "7, 2")
    assert "from 1 to 60" in await _refused(chair, form, "before", before="soon")
    assert initial(form, "chair_after") == "10"
    early = await _refused(chair, form, "coordinator_after", before="3", coordinator_after="9")
    assert "I need 10 or more here, or 0." in early
    kept: dict[str, Any] = {"due_days": "10", "before": "3", "chair_after": "5", "digest_day": "3"}
    await chair.fills(form, **kept, coordinator_after="0", capture="off")
    await chair.sees("Settings of Experimental Models are saved.")
    await chair.says("ACTION: Not taken any more", "#wg-models")
    await chair.says("@concerted settings", "#wg-models")
    said = await chair.sees("Settings of Experimental Models.")
    assert "Reminders before the due day (days): 3." in said["text"]
    assert "the chair is told: after 5 working days." in said["text"]
    assert "the coordinators are told: never. Weekly digest: Thursday at 08:00" in said["text"]
    await chair.presses(said, "Change")
    await chair.fills(await chair.form(), zone="Boston", capture="on")
    told = await chair.sees("Zone: America/New_York")
    assert "Due when no date is said: in 10 days." in told["text"]
    stage.overlook()


def _reminded(events: list[dict[str, Any]]) -> list[str]:
    return [event["at"][:16] for event in events if event["kind"] == "remind"]


async def _refused(actor: Actor, form: dict[str, Any], field: str, **values: Any) -> str:
    """What the form says beneath the field; it stays open."""
    told = await actor.fills(form, **values)
    return str(told["errors"][field])
