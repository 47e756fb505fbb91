"""The register of swaps: ids, counts, and what the published roster says about it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from wfm.records.swaps import Register, Swap, SwapRefused

AT = datetime(2026, 4, 20, 9, tzinfo=UTC)
MAY = date(2026, 5, 1), date(2026, 5, 31)


def swap(
    swap_id: str, one: str = "A1", other: str = "A2", first: str = "2026-05-04", second: str = "2026-05-06"
) -> Swap:
    """Return a proposed swap."""
    return Swap(
        swap_id=swap_id,
        proposer=one,
        proposer_date=date.fromisoformat(first),
        partner=other,
        partner_date=date.fromisoformat(second),
        proposed_at=AT,
    )


def register(*swaps: Swap) -> Register:
    """Return a register of some swaps."""
    return Register({s.swap_id: s for s in swaps})


def test_ids_go_on() -> None:
    """The next id follows the largest, whatever else people wrote."""
    assert register().next_id() == "S001"
    assert register(swap("S009"), swap("old"), swap("S1000"), swap("S002")).next_id() == "S1001"


def test_steps_leave_the_rest_alone() -> None:
    """Agreement, approval and rejection set their own fields only, and an approved swap is open no more."""
    one = swap("S001")
    assert one.agree(AT).model_dump(exclude={"agreed_at"}) == one.model_dump(exclude={"agreed_at"})
    made = one.approve("Chen", AT, "v1")
    assert (made.status, made.approver, made.decided_at, made.roster_version) == ("approved", "Chen", AT, "v1")
    gone = one.reject("Chen", AT, "no")
    assert (gone.status, gone.reason, gone.roster_version) == ("rejected", "no", "")
    assert one.status == "proposed"
    with pytest.raises(SwapRefused, match="approved already"):
        register(made).open("S001")


def test_unknown_ids_list_the_known_ones() -> None:
    """An unknown id is refused with the ids there are, in both languages."""
    with pytest.raises(SwapRefused) as raised:
        register(swap("S001"), swap("S002")).open("S003")
    assert "known: S001, S002" in raised.value.message.en
    assert "没有调班 S003" in raised.value.message.zh
    with pytest.raises(SwapRefused, match="known: none"):
        register().open("S001")


def test_swaps_are_counted_by_agent_and_month() -> None:
    """Both agents count, waiting and approved swaps count, rejected and lapsed ones do not; two months count twice."""
    swaps = register(
        swap("S001"),
        swap("S002", "A3", "A1").approve("Chen", AT, "v"),
        swap("S003").reject("Chen", AT, "no"),
        swap("S004", first="2026-04-30"),
        swap("S005").model_copy(update={"status": "lapsed"}),
    )
    assert swaps.count("A1", (2026, 5), "") == 3
    assert swaps.count("A1", (2026, 5), "S001") == 2
    assert swaps.count("A1", (2026, 4), "") == 1
    assert swaps.count("A3", (2026, 5), "") == 1
    assert swaps.count("A4", (2026, 5), "") == 0


def test_the_same_swap_whoever_proposed_it() -> None:
    """Two swaps are the same when pair and dates are, in either order."""
    one = swap("S001")
    assert one.same_as(swap("S002", "A2", "A1", "2026-05-06", "2026-05-04"))
    assert not one.same_as(swap("S002", "A1", "A3"))
    assert not one.same_as(swap("S002", second="2026-05-07"))


def test_the_roster_decides_what_was_made() -> None:
    """A swap in the roster is approved; an approved one of its dates that is not in it has lapsed; others stay."""
    made = swap("S001").approve("Chen", AT, "v1")
    known = register(
        swap("S001"),
        swap("S002").approve("Chen", AT, "v0"),
        swap("S003", first="2026-04-28", second="2026-04-29").approve("Chen", AT, "v0"),
        swap("S004"),
    )
    found = known.confirmed([made], *MAY)
    assert {s.swap_id: s.status for s in found.swaps.values()} == {
        "S001": "approved",
        "S002": "lapsed",
        "S003": "approved",
        "S004": "proposed",
    }
    assert found.swaps["S001"] == made
    assert Register().confirmed([made], *MAY).swaps == {"S001": made}


def test_reasons_are_listed() -> None:
    """A refusal lists every reason in both languages."""
    from wfm.records import swap_messages as m

    error = SwapRefused([m.NAME_NEEDED, m.REASON_NEEDED])
    assert error.message.en.count("\n  - ") == error.message.zh.count("\n  - ") == 2
    assert str(error).startswith("the swap cannot be made")
