"""What waits for what: circles are found, and a slip reaches all whom it hits."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.knock_on import Delay, Step, Steps, chain, circle, delays, earliest, hits, too_late
from bot.domain.model import Ref

FRIDAY = date(2026, 12, 4)


def step(ref: str, days: int, *needs: str, closed: bool = False) -> Step:
    """So many days after Friday."""
    due = FRIDAY + timedelta(days=days)
    return Step(Ref(ref), due, (), tuple(map(Ref, needs)), closed)


def steps(*all_of_them: Step) -> Steps:
    return {one.ref: one for one in all_of_them}


def after(days: int) -> date:
    return FRIDAY + timedelta(days=days)


def told(found: Steps, ref: str) -> list[tuple[str, date, str]]:
    return [(hit.step.ref, hit.earliest, hit.because) for hit in hits(found, Ref(ref))]


def test_a_circle_is_named_from_end_to_end_through_actions_and_deadlines() -> None:
    known = steps(step("DL-1", 0), step("EM-1", 0, "DL-2"), step("DL-2", 0, "DL-1"))
    assert circle(known, Ref("DL-1"), [Ref("EM-1")]) == ("DL-1", "EM-1", "DL-2", "DL-1")
    assert circle(known, Ref("DL-1"), [Ref("DL-1")]) == ("DL-1", "DL-1")
    assert circle(known, Ref("EM-1"), [Ref("DL-1")]) == ()
    assert chain(known, Ref("EM-1"), Ref("DL-1")) == ("EM-1", "DL-2", "DL-1")
    assert chain(known, Ref("PC-9"), Ref("DL-1")) == ()


def test_a_slip_goes_through_the_chain_until_somebody_has_time_to_spare() -> None:
    known = steps(
        step("PC-2", 9),
        step("OM-3", 3, "PC-2"),
        step("DL-7", 4, "OM-3", "OM-2"),
        step("OM-2", 1),
        step("DL-9", 9, "DL-7"),
        step("DL-8", 0, "SR-1"),
        step("SR-1", 30),
    )
    assert told(known, "PC-2") == [("DL-7", after(9), "OM-3"), ("OM-3", after(9), "PC-2")]
    assert told(known, "OM-2") == []
    assert earliest(known, Ref("DL-9")) == after(9)


def test_what_cannot_be_met_in_time_is_told_with_what_holds_it_to_the_end_of_the_chain() -> None:
    known = steps(
        step("DL-7", 4, "OM-2", "OM-3"),
        step("OM-2", 6),
        step("OM-3", 3, "PC-2"),
        step("PC-2", 9, "PC-1"),
        step("PC-1", 20, closed=True),
        step("DL-8", 9, "PC-2"),
    )
    refs = (Ref("DL-7"), Ref("DL-8"))
    held = {Ref("DL-7"): Delay(after(9), (Ref("OM-3"), Ref("PC-2")))}
    assert delays(known, refs, FRIDAY) == held
    assert delays(known, refs, after(9)) == {}
    round_about = steps(step("DL-1", 0, "EM-1"), step("EM-1", 1, "DL-1", "EM-2"), step("EM-2", 2))
    assert delays(round_about, [Ref("DL-1")], FRIDAY)[Ref("DL-1")].way == ("EM-1", "EM-2")


def test_the_new_date_counts_all_that_it_waits_for() -> None:
    known = steps(step("EM-1", 2), step("EM-2", 5), step("DL-1", 0, "EM-1", "EM-2"))
    assert told(known, "EM-1") == [("DL-1", after(5), "EM-1")]
    assert too_late(known, Ref("DL-1")) == (
        (known[Ref("EM-1")], after(2)),
        (known[Ref("EM-2")], after(5)),
    )


def test_what_is_closed_holds_up_nothing_and_is_hit_by_nothing() -> None:
    known = steps(step("EM-1", 9, closed=True), step("DL-1", 0, "EM-1"), step("EM-2", 9))
    assert told(known, "EM-1") == []
    assert earliest(known, Ref("DL-1")) == FRIDAY
    done = steps(step("EM-2", 9), step("DL-1", 0, "EM-2", closed=True))
    assert told(done, "EM-2") == []


def test_a_need_that_is_not_known_holds_up_nothing() -> None:
    assert too_late(steps(step("DL-1", 0, "EM-9")), Ref("DL-1")) == ()


def test_rows_that_make_a_circle_all_the_same_are_walked_once() -> None:
    known = steps(step("DL-1", 0, "DL-2"), step("DL-2", 3, "DL-1"))
    assert told(known, "DL-1") == []
    assert told(known, "DL-2") == [("DL-1", after(3), "DL-2")]


def _names(count: int) -> list[str]:
    return [f"DL-{number}" for number in range(count)]


@st.composite
def _plans(draw: st.DrawFn) -> Steps:
    """Each waits for some of those before it."""
    names = _names(draw(st.integers(2, 7)))
    return steps(
        *(
            step(
                name,
                draw(st.integers(0, 20)),
                *(draw(st.sets(st.sampled_from(names[:n]))) if n else ()),
                closed=draw(st.integers(0, 4)) == 0,
            )
            for n, name in enumerate(names)
        )
    )


@settings(max_examples=40)
@given(_plans())
def test_nothing_is_met_before_what_it_waits_for_and_no_later_than_it_must(known: Steps) -> None:
    for ref, one in known.items():
        waits = [earliest(known, n) for n in one.needs if not known[n].closed]
        assert earliest(known, ref) == max([one.due, *waits])


@settings(max_examples=40)
@given(_plans(), st.integers(1, 30))
def test_exactly_those_are_hit_whose_date_a_slip_pushes_out(known: Steps, days: int) -> None:
    """By another route: what could be met before the slip and cannot be after it."""
    first = known[Ref("DL-0")]
    if first.closed:
        return
    late = Step(first.ref, first.due + timedelta(days=days), first.groups)
    moved = {**known, late.ref: late}
    pushed = {
        ref
        for ref, one in known.items()
        if not one.closed and ref != late.ref and earliest(moved, ref) > earliest(known, ref)
    }
    found = {hit.step.ref: hit for hit in hits(moved, late.ref)}
    assert pushed <= set(found)
    assert all(hit.earliest == earliest(moved, ref) > known[ref].due for ref, hit in found.items())
