"""Two groups in different zones meet every month, from planning to accepted minutes.

Targets by the clock of London, Symptoms by that of Toronto: February, March, April 2027.
"""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.e2e.cycles import Months, said
from tests.e2e.stage import open_stage

TARGETS, SYMPTOMS = "#wg-targets", "#wg-symptoms"
BEGINNING = "2027-02-03T14:30:00+00:00"
ACCEPTED = ("held", "accepted")


@pytest.fixture
async def months(sqlite_folder: Path, sqlite_template: Path) -> AsyncIterator[Months]:
    """The five groups on a Wednesday, and nothing planned."""
    async with open_stage(sqlite_folder, sqlite_template, at=BEGINNING) as stage:
        yield Months(stage)
        await stage.sound()


async def test_two_groups_meet_for_three_months(months: Months) -> None:
    await _planned(months)
    await _february_prepared(months)
    await _february_held(months)
    await _february_written_up(months)
    await _march_rearranged(months)
    await _march_held(months)
    await _april_prepared(months)
    await _april_held(months)
    await _all_is_kept(months)


async def _planned(it: Months) -> None:
    """Each chair adjusts the checklist of the group, and plans three calls: by form, in a line."""
    chair, other = it.person("targets-chair"), it.person("symptoms-chair")
    await other.says("settings symptoms")
    await other.presses(await other.sees("Settings of Symptom"), "Change")
    await other.fills(await other.form(), zone="Toronto")
    await other.sees("are saved. Zone: America/Toronto")
    for item in (10, 9, 1):  # The link, the look at the quorum, the call for agenda items.
        await other.types(f"/wg checklist symptoms call drop {item}")
    await chair.types("/wg checklist targets call drop 1")
    await other.types("/meeting plan", SYMPTOMS)
    title, ends, often = "Symptoms call", "2027-04-30", "monthly"
    form = await other.form()
    await other.fills(form, text=title, due="2027-02-18", at="13:00", rule=often, until=ends)
    mine = await other.sees("MT-31 to MT-33 are planned: Symptoms call, Thu 18 Feb 2027")
    assert "Vancouver 11:00, Toronto 13:00" in mine["text"]
    line = "Targets call 18 Feb 15:00 for 1h in London every month on the third Thursday"
    planned = await chair.types(f"/meeting plan {line} until 30 Apr with targets", TARGETS)
    assert "3 meetings: Thu 18 Feb 2027, Thu 18 Mar 2027, Thu 15 Apr 2027." in planned.text
    assert "from Thu 18 Mar 2027 New York 11:00; from Thu 15 Apr 2027" in planned.text
    await chair.types("/meeting link MT-34 https://video.example.org/targets")


async def _february_prepared(it: Months) -> None:
    chair, cochair = it.person("targets-chair"), it.person("targets-cochair")
    other, partner = it.person("symptoms-chair"), it.person("partner")
    observer, coordinator = it.person("industry-observer"), it.person("coordinator")
    await chair.says("@concerted meeting announce MT-34", TARGETS)
    card = await cochair.sees("MT-34 Targets call (Targets), announced", TARGETS)
    await cochair.presses(card, "Remote")
    topic = "Compound X: may it be cited?"
    ts = await observer.says(f"@concerted agenda add {topic} 15 min decide", TARGETS)
    await observer.sees(f"MT-34 as item 1: {topic} 15 of 60 min.", TARGETS, thread=ts)
    await other.types("/meeting announce MT-31")
    await other.types("/meeting rsvp MT-31 yes")
    await partner.says("not coming to MT-31 @outcomes-chair")
    await partner.sees("@outcomes-chair comes instead of you, and counts for your vote. 2 of 3")
    await other.types("/meeting agenda add MT-31 Words for fatigue 25 min decide")
    await other.types("/meeting agenda add MT-31 Trial of the handbook 20 min @symptoms-cochair")

    (draft,) = await it.until("02-08T14:30")
    assert str(draft) == "Mon 08 Feb 09:00 coordinator"
    assert draft.text.count("Draft agenda to the chair") == 2
    drafted = await coordinator.types("/meeting agenda draft MT-34")
    assert "1. Welcome, regrets (inform, 5 min, @targets-chair). 2. Compound X" in drafted.text
    await chair.types("/meeting agenda post MT-34")
    drafted = await other.types("/meeting agenda draft MT-31")
    await other.presses(drafted.message, "Post", confirmed=True)
    await other.sees("Agenda of MT-31 Symptoms call, Thu 18 Feb 2027, 13:00 Toronto", SYMPTOMS)

    heard = await it.until("02-12T14:30")
    assert said(heard) == ["Fri 12 Feb 09:00 industry-observer", "Fri 12 Feb 09:00 coordinator"]
    assert "holds until Thu 26 Nov 2026: it has to be renewed before MT-34" in heard[0].text
    await observer.presses(await observer.sees("Is it still right?"), "Still right")

    heard = await it.until("02-16T15:30")
    assert said(heard) == ["Mon 15 Feb 09:00 targets-chair", "Mon 15 Feb 09:00 industry-observer"]
    late = await cochair.types("/meeting agenda add MT-34 Table of doses 10 min inform")
    assert "papers for MT-34 are closed, so it waits for @targets-chair" in late.text

    heard = await it.until("02-18T15:00")
    assert said(one for one in heard if one.kind != "meeting-join") == [
        "Wed 17 Feb 09:00 targets-chair",
        "Wed 17 Feb 09:00 industry-observer",
        "Wed 17 Feb 09:00 deputy-coordinator",
        "Wed 17 Feb 09:00 coordinator",
        "Wed 17 Feb 09:00 targets-cochair",
    ]
    assert "@targets-cochair asks late for a topic at MT-34" in heard[0].text
    assert "Thu 18 Feb 2027, 10:00 New York. Join: https://video.example.org" in heard[4].text
    assert [one.at.minute for one in heard if one.kind == "meeting-join"] == [45] * 5
    await chair.presses(await chair.sees("asks late for a topic"), "Next meeting")
    await cochair.sees("Table of doses comes too late for MT-34: it is on the agenda of MT-35")


async def _february_held(it: Months) -> None:
    chair, other = it.person("targets-chair"), it.person("symptoms-chair")
    assert "is under way" in (await chair.types("/meeting start MT-34", TARGETS)).text
    thread = await it.thread("targets-chair", "MT-34", TARGETS)
    assert "2. Compound X: may it be cited? (15 min); 3. Any other" in thread.opening
    here = "present @targets-chair @targets-cochair"
    await thread.says("targets-chair", here, "regrets @industry-observer", "topic 2")
    await thread.says("targets-cochair", "The company will answer in March.")
    assert await thread.says("targets-chair", "[off] They are cross with us") == []
    decision = "DECISION: Compound X is named only with a written permission"
    action = "ACTION: Ask the company for the letter – by @industry-observer 26 Mar"
    assert await thread.says("targets-chair", decision, action) == ["white_check_mark"]
    await thread.says("targets-cochair", "ACTION: Buy a kettle @targets-chair by 1 Mar", "undo")
    ended = await chair.types("/meeting end MT-34")
    assert "Caught: 1 action, 1 decision and 1 note." in ended.text
    draft = await chair.sees("The draft minutes of MT-34 Targets call are there. They go to the")
    assert "on Mon 22 Feb 2027 by themselves." in draft["text"]

    assert await it.until("02-18T18:00") == []
    await other.says("@concerted meeting start MT-31", SYMPTOMS)
    thread = await it.thread("symptoms-chair", "MT-31", SYMPTOMS)
    here = "present @symptoms-chair @symptoms-cochair @outcomes-chair"
    decision = "DECISION: We ask patients for their words, review 15 Apr"
    await thread.says("symptoms-chair", here, "topic 2", decision)
    assert await thread.says("symptoms-cochair", "ACTION: Collect the words @partner by 15 Mar")
    await other.says("@concerted end MT-31", SYMPTOMS, thread.ts)
    await other.sees("They are DC-2, SR-1.", SYMPTOMS, thread.ts)


async def _february_written_up(it: Months) -> None:
    partner, cochair = it.person("partner"), it.person("targets-cochair")
    heard = await it.until("02-23T17:30")
    assert said(heard) == [
        "Fri 19 Feb 09:00 industry-observer",
        "Fri 19 Feb 09:00 #targets",
        "Fri 19 Feb 09:00 #symptoms",
        "Fri 19 Feb 10:00 partner",
        "Mon 22 Feb 09:00 #targets",
        "Mon 22 Feb 09:00 #symptoms",
    ]
    assert "MT-34 gave it to you while you were not there." in heard[0].text
    assert heard[1].text.startswith("MT-34 Targets call: 1 decision and 1 new action. DC-1: Comp")
    assert "until Mon 1 Mar 2027, accepted on Thu 4 Mar 2027 unless" in heard[4].text
    assert "Not reached: Trial of the handbook. Next meeting: MT-32" in heard[5].text
    observer = it.person("industry-observer")
    await observer.presses(await observer.sees("Ask the company for the letter"), "Accept")
    await partner.says("accept SR-1")
    await partner.says("mute SR-1")
    read = await cochair.types("/meeting minutes MT-34")
    assert "Regrets: Industry observer (Basel)" in read.text
    assert "cross with us" not in str(it.stage.rows("proceedings", "minutes", "outbox", "inbox"))
    await cochair.says("@concerted correct MT-34 s/in March/on 1 March/", TARGETS)
    assert "on 1 March" in (await cochair.types("/meeting minutes MT-34")).text
    (reminder,) = await it.until("03-04T15:00")
    assert str(reminder) == "Thu 04 Mar 09:00 coordinator"
    assert it.minutes()["MT-31"] == it.minutes()["MT-34"] == ACCEPTED
    late = await cochair.types("/meeting correct MT-34 s/1 March/2 March/")
    assert "were accepted on Thu 4 Mar 2027" in late.text


async def _march_rearranged(it: Months) -> None:
    """Symptoms cancels its call and plans another; for Targets, New York has changed its clocks."""
    chair, other = it.person("targets-chair"), it.person("symptoms-chair")
    cancelled = await other.types("/meeting cancel MT-32 the room is flooded", SYMPTOMS)
    assert "1 meeting after it in the series takes place." in cancelled.text
    await other.types("/meeting plan Symptoms call 25 Mar 13:00", SYMPTOMS)
    await other.types("/meeting announce MT-37")
    await chair.types("/meeting announce MT-35")
    drafted = await chair.types("/meeting agenda draft MT-35")
    assert "2. Table of doses (inform, 10 min, put off from MT-34)." in drafted.text
    await chair.types("/meeting agenda post MT-35")
    await chair.types("/meeting prep skip MT-35 9 the link is as always")

    heard = await it.until("03-16T15:30")
    assert said(heard) == [
        "Thu 04 Mar 10:10 #symptoms",
        "Thu 11 Mar 09:00 #targets",
        "Mon 15 Mar 09:00 targets-chair",
        "Mon 15 Mar 09:00 industry-observer",
        "Mon 15 Mar 09:00 coordinator",
        "Mon 15 Mar 09:00 targets-cochair",
        "Tue 16 Mar 09:00 targets-chair",
        "Tue 16 Mar 09:00 coordinator",
    ]
    assert "MT-32 Symptoms call (Symptoms) on Thu 18 Mar 2027, 13:00 Toronto" in heard[0].text
    assert "15:00 London (UTC+0): New York 11:00 (1 hour later)." in heard[1].text
    assert "Too few of those who vote come: 0 of 2, needs 1." in heard[6].text
    await chair.presses(await chair.sees("Too few of those"), "Hold anyway")
    drafted = await other.types("/meeting agenda draft MT-37", SYMPTOMS)
    assert "🔴 Overdue: was due Mon 15 Mar 2027. 3. Trial of the handbook" in drafted.text
    assert "carried over from MT-31)." in drafted.text
    await other.types("/meeting agenda post MT-37", SYMPTOMS)


async def _march_held(it: Months) -> None:
    chair, other = it.person("targets-chair"), it.person("symptoms-chair")
    assert await it.until("03-18T15:00") == []
    await it.person("targets-cochair").says("@concerted meeting start", TARGETS)
    thread = await it.thread("targets-chair", "MT-35", TARGETS)
    action = "ACTION: Circulate the table @targets-chair by 30 Apr"
    await thread.says("targets-chair", "present all", "topic 2", action)
    await thread.says("industry-observer", "@concerted done TR-1 the letter is here")
    assert "Caught: 1 action" in (await chair.types("/meeting end", TARGETS)).text
    before = it.due("MT-36")
    moved = await chair.types("/meeting move MT-36 22 Apr")
    assert "Thu 22 Apr 2027, 15:00 London (UTC+1)" in moved.text
    after = it.due("MT-36")
    assert (before["papers-out"], after["papers-out"]) == ("2027-04-08", "2027-04-15")
    assert it.due("MT-35")["papers-out"] == "2027-03-11"

    heard = await it.until("03-25T17:00")
    assert said(heard) == [
        "Thu 18 Mar 15:10 #targets",
        "Fri 19 Mar 09:00 #targets",
        "Mon 22 Mar 09:00 #targets",
    ]
    assert "moves to Thu 22 Apr 2027, 15:00 London (UTC+1), instead of Thu 15" in heard[0].text
    assert heard[1].text.startswith("MT-35 Targets call: 1 new action. TR-3: Circulate")
    await other.types("/meeting start", SYMPTOMS)
    thread = await it.thread("symptoms-chair", "MT-37", SYMPTOMS)
    await thread.says("partner", "@concerted done SR-1", "Tired is not one of the words")
    await other.says("@concerted end MT-37", SYMPTOMS, thread.ts)
    await other.sees("MT-37 Symptoms call is held.")


async def _april_prepared(it: Months) -> None:
    """Each agenda begins with what the last meeting left."""
    chair, other = it.person("targets-chair"), it.person("symptoms-chair")
    (sent,) = await it.until("03-31T15:00")
    assert str(sent) == "Tue 30 Mar 09:00 #symptoms"
    approved = await chair.types("/meeting approve MT-35")
    assert "accepted on Wed 31 Mar 2027 by Targets chair (Milan)" in approved.text
    await other.types("/meeting announce MT-33")
    drafted = await other.types("/meeting agenda draft MT-33")
    assert "2. Approve the minutes of MT-37 (decide, 5 min). 3. Review of DC-2" in drafted.text
    assert "@symptoms-cochair, carried over from MT-37, 2nd time)." in drafted.text
    await other.types("/meeting agenda post MT-33")
    await chair.types("/meeting announce MT-36")
    await chair.types("/meeting agenda draft MT-36")
    await chair.types("/meeting agenda post MT-36")
    await chair.types("/meeting prep skip MT-36 9 the link is as always")
    await chair.types("/meeting prep skip MT-36 8 everybody has said that they come")


async def _april_held(it: Months) -> None:
    """One objection: the minutes wait for the chair."""
    chair, other = it.person("targets-chair"), it.person("symptoms-chair")
    heard = await it.until("04-15T17:00")
    assert said(heard) == [
        "Thu 08 Apr 09:00 #symptoms",
        "Thu 15 Apr 09:00 #targets",
        "Thu 15 Apr 09:00 symptoms-chair",
    ]
    assert "DC-2 (Symptoms) is due for review" in heard[2].text
    assert it.minutes()["MT-37"] == ACCEPTED
    await other.types("/meeting start", SYMPTOMS)
    thread = await it.thread("symptoms-chair", "MT-33", SYMPTOMS)
    trial = "DECISION: The handbook is tried in Winnipeg first"
    await thread.says("symptoms-chair", "present all", "topic Trial of the handbook", trial)
    await other.types("/meeting end", SYMPTOMS)
    heard = await it.until("04-20T17:30")
    assert said(heard) == ["Fri 16 Apr 09:00 #symptoms", "Mon 19 Apr 09:00 #symptoms"]
    await it.person("partner").says("object MT-33 Vancouver was to be first")
    await it.person("partner").sees("Your objection stands with the minutes of MT-33")
    (asked,) = await it.until("04-22T14:00")
    assert str(asked) == "Wed 21 Apr 09:00 symptoms-chair"
    assert "objects to the minutes of MT-33 Symptoms call: Vancouver was to be" in asked.text
    await other.presses(await other.sees("objects to the minutes"), "Approve")
    assert it.minutes()["MT-33"] == ACCEPTED
    await chair.types("/meeting start", TARGETS)
    thread = await it.thread("targets-chair", "MT-36", TARGETS)
    await thread.says("targets-chair", "present all", "topic 2", "@concerted done TR-3")
    await chair.types("/meeting end", TARGETS)
    (minutes,) = await it.until("05-06T14:00")
    assert str(minutes) == "Mon 26 Apr 09:00 #targets"


async def _all_is_kept(it: Months) -> None:
    six = dict.fromkeys(["MT-31", "MT-33", "MT-34", "MT-35", "MT-36", "MT-37"], ACCEPTED)
    assert it.minutes() == six | {"MT-32": ("cancelled", None)}
    done = it.changes()
    each = ("announce meeting", "draft agenda", "post agenda", "start meeting", "end meeting")
    assert {verb: done[verb] for verb in each} == dict.fromkeys(each, len(six))
    assert done["plan meeting"] == 3
    await it.nothing_twice_and_never_at_night()
