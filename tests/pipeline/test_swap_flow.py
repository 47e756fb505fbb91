"""A swap from the proposal to the payroll."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from swap_house import LINES, NOW, contents, house, publish

from wfm.domain.errors import InputErrors, ManifestError
from wfm.domain.roster import Roster
from wfm.files import read_manifest, verify_manifest
from wfm.pipeline import republish
from wfm.pipeline import swap as desk
from wfm.pipeline.check import check_folder
from wfm.pipeline.export import export_folder
from wfm.pipeline.facts import facts_of
from wfm.pipeline.report import report_folder
from wfm.pipeline.swap_register import SwapFile
from wfm.records.swaps import Swap, SwapRefused

if TYPE_CHECKING:
    from pathlib import Path

    from wfm.pipeline.result import PlanResult

DEAL = ("A1", date(2026, 5, 2), "A2", date(2026, 5, 3))
"""A1 gives the holiday 2 May away and works for A2 on the 3rd."""
LATER = ("A1", date(2026, 5, 10), "A2", date(2026, 5, 13))


def may(day: int) -> date:
    """Return a date of the month."""
    return date(2026, 5, day)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the house that nobody may change."""
    return house(tmp_path_factory.mktemp("swap") / "model")


@pytest.fixture
def shop(model: Path, tmp_path: Path) -> Path:
    """Return a house of its own."""
    return shutil.copytree(model, tmp_path / "shop")


def table(folder: Path, name: str) -> pd.DataFrame:
    """Return a file of `out/` as text."""
    return pd.read_csv(folder / "out" / name, dtype=str, encoding="utf-8-sig", keep_default_na=False)


def propose(folder: Path, *deal: Any, **more: Any) -> Swap:
    """Return a swap after proposing it long before."""
    return desk.propose_swap(folder, *deal, **{"now": NOW, "agreed": True, **more}).swap


def approved(folder: Path, *deal: Any) -> Swap:
    """Return a swap after it was proposed, agreed and approved."""
    return desk.approve_swap(folder, propose(folder, *deal).swap_id, "Chen", now=NOW).swap


def works(folder: Path, agent: str) -> str:
    """Return the line of an agent in `out/roster.csv`."""
    rows = table(folder, "roster.csv")
    return " ".join(code or "-" for code in rows.loc[rows["agent_id"] == agent, "shift_code"])


def holiday(folder: Path, name: str = "payroll.csv") -> dict[str, list[tuple[str, str]]]:
    """Return date and amount of every line of holiday pay, by agent."""
    rows = table(folder, name)
    paid = rows[rows["element_code"] == "holiday"]
    return {str(a): list(zip(part["date"], part["amount"], strict=True)) for a, part in paid.groupby("agent_id")}


def test_the_days_change_hands(shop: Path) -> None:
    """After the approval each works for the other once, everybody else as before, and cover is the same."""
    before = {a: works(shop, a) for a in LINES}
    cover = (shop / "out" / "cover.csv").read_bytes()
    approved(shop, *DEAL)
    assert works(shop, "A1") == "D - D D D D D - - D D D - -"
    assert works(shop, "A2") == "- D - D L - L D - - D D D -"
    assert {a: works(shop, a) for a in LINES if a not in ("A1", "A2")} == {
        a: line for a, line in before.items() if a not in ("A1", "A2")
    }
    assert (shop / "out" / "cover.csv").read_bytes() == cover


def test_holiday_pay_follows_who_worked(shop: Path) -> None:
    """8 h on 2 May at 6000 a month are 827.59 for A1 before the swap and for A2 after it, in every pay file."""
    assert holiday(shop)["A1"] == [("2026-05-01", "827.59"), ("2026-05-02", "827.59")]
    assert "A2" not in holiday(shop)
    total = sum(Decimal(x) for x in table(shop, "payroll.csv")["amount"])
    approved(shop, *DEAL)
    for name in ("payroll.csv", "exports/neutral/payroll.csv"):
        assert holiday(shop, name)["A1"] == [("2026-05-01", "827.59")]
        assert holiday(shop, name)["A2"] == [("2026-05-02", "827.59")]
    hours = table(shop, "timesheet.csv").set_index("agent_id")["ot300_h"]
    assert (hours["A1"], hours["A2"]) == ("8.00", "8.00")
    assert sum(Decimal(x) for x in table(shop, "payroll.csv")["amount"]) == total


def test_out_is_whole_after_a_swap(shop: Path) -> None:
    """The manifest fits the files, names the swap and its cost, and exporting and reporting again changes nothing."""
    old = read_manifest(shop / "out")
    swap = approved(shop, *DEAL)
    facts = verify_manifest(shop / "out")
    assert set(table(shop, "roster.csv")["roster_version"]) == {swap.roster_version} == {facts["roster_version"]}
    assert facts["roster_version"] != old["roster_version"]
    assert facts["shares"]["requests"]["cost"] == old["shares"]["requests"]["cost"] - 1
    assert facts["objective"] < old["objective"]
    assert facts["objective"] == pytest.approx(sum(s["cost"] for s in facts["shares"].values()))
    assert [s["swap_id"] for s in facts["swaps"]] == ["S001"]
    assert any("S001" in note for note in facts["notes"])
    audit = check_folder(shop)
    assert audit.hard == ()
    assert len(audit.violations) == len(table(shop, "violations.csv")) == facts["kpis"]["soft"]
    before = contents(shop)
    export_folder(shop)
    report_folder(shop)
    assert contents(shop) == before


def test_a_roster_without_pay_stays_without(shop: Path) -> None:
    """Where nobody has asked for pay and page yet, a swap does not write them."""
    from wfm.files import write_manifest

    facts = read_manifest(shop / "out")
    for name in ("payroll.csv", "timesheet.csv", "report.html"):
        (shop / "out" / name).unlink()
    shutil.rmtree(shop / "out" / "exports")
    write_manifest(shop / "out", facts)
    approved(shop, *DEAL)
    assert not {"payroll.csv", "report.html", "exports"} & {p.name for p in (shop / "out").iterdir()}
    verify_manifest(shop / "out")


def test_soft_violations_are_told_not_refused(shop: Path) -> None:
    """Who takes a shift of four hours that another had breaks a soft rule of his own; the swap is made all the same."""
    done = desk.propose_swap(shop, "A5", may(12), "A2", may(12), now=NOW)
    assert {(v.rule, v.agent_id, v.first_date) for v in done.soft} == {("shift_hours", "A2", may(12))}


def test_a_swap_and_the_same_swap_again_give_the_old_roster(shop: Path) -> None:
    """Swapping the same days back gives the roster, and the files about it, of before."""
    names = ("cover.csv", "payroll.csv", "timesheet.csv", "violations.csv")
    before = {n: (shop / "out" / n).read_bytes() for n in names}
    line = works(shop, "A1")
    approved(shop, *DEAL)
    approved(shop, *DEAL)
    assert works(shop, "A1") == line
    assert {n: (shop / "out" / n).read_bytes() for n in names} == before


PROPOSALS: dict[str, tuple[tuple[Any, ...], str]] = {
    "oneself": (("A1", may(2), "A1", may(3)), "A1 cannot swap with himself"),
    "unknown agent": (("A1", may(2), "A22", may(3)), "no agent A22 in agents.csv; did you mean A2"),
    "outside": (("A1", may(2), "A2", date(2026, 6, 1)), "2026-06-01 is outside the period, 2026-05-01 to 2026-05-14"),
    "both rest": (("A1", may(9), "A2", may(9)), "on 2026-05-09 both are off"),
    "both rest on one": (("A1", may(2), "A2", may(9)), "on 2026-05-09 both are off"),
    "same shift": (("A1", may(4), "A2", may(4)), "on 2026-05-04 both work shift D"),
    "leave": (("A1", may(5), "A5", may(5)), r"A5 is on leave \(annual\) on 2026-05-05"),
    "left": (("A1", may(10), "A4", may(10)), "A4 is not employed on 2026-05-10: leaves after 2026-05-08"),
    "not hired yet": (("A1", may(2), "A5", may(2)), "A5 is not employed on 2026-05-02: starts on 2026-05-03"),
    "pinned": (("A1", may(9), "A6", may(6)), r"2026-05-06 of A6 is fixed in pins\.csv"),
    "skill": (("A1", may(8), "A3", may(8)), "A1 cannot serve queue service, which A3 serves on 2026-05-08"),
}


@pytest.mark.parametrize("name", PROPOSALS)
def test_what_cannot_be_swapped_is_named(shop: Path, name: str) -> None:
    """Each obstacle is named with agent and date, and nothing is changed."""
    deal, pattern = PROPOSALS[name]
    before = contents(shop)
    with pytest.raises(SwapRefused, match=pattern) as raised:
        propose(shop, *deal)
    assert not raised.value.by_rules
    assert contents(shop) == before


def test_first_and_last_day_of_employment_can_be_swapped(shop: Path) -> None:
    """A4, who leaves after 8 May, gives that day to A1, and A5 gives the day on which he starts to A6."""
    assert propose(shop, "A1", may(8), "A4", may(8)).exchange == "2026-05-08 -/D"
    assert propose(shop, "A6", may(3), "A5", may(3)).exchange == "2026-05-03 -/E"


def test_every_obstacle_is_told_at_once(shop: Path) -> None:
    """A proposal with two unknown agents and a date outside period and month has four reasons."""
    with pytest.raises(SwapRefused) as raised:
        propose(shop, "B1", may(2), "B2", date(2026, 7, 1))
    assert len(raised.value.reasons) == 4


def test_months_are_kept_apart(tmp_path: Path) -> None:
    """A swap between 30 April and 3 May is refused, and allowed where the settings say so."""
    deal = ("A1", date(2026, 4, 30), "A2", date(2026, 5, 1))
    shop = house(tmp_path / "one", first=date(2026, 4, 29))
    with pytest.raises(SwapRefused, match="2026-04-30 and 2026-05-01 lie in different months"):
        propose(shop, *deal)
    assert propose(house(tmp_path / "two", first=date(2026, 4, 29), swap="same_month = false"), *deal).swap_id == "S001"


def test_notice_is_counted_to_the_first_shift(shop: Path) -> None:
    """2 May 09:00 less 48 h is 30 April 09:00: proposed then it is in time, a minute later it is not."""
    with pytest.raises(SwapRefused, match=r"starts on 2026-05-02 09:00, 48\.0 h after the proposal; 48 h"):
        propose(shop, *DEAL, now=datetime(2026, 4, 30, 9, 1))  # noqa: DTZ001
    propose(shop, *DEAL, now=datetime(2026, 4, 30, 9))  # noqa: DTZ001


def test_a_shift_that_has_started_is_said_to_have_started(shop: Path) -> None:
    """Nobody is told how many hours below zero the notice has."""
    with pytest.raises(SwapRefused, match="the first shift started on 2026-05-02 09:00"):
        propose(shop, *DEAL, now=datetime(2026, 5, 2, 9))  # noqa: DTZ001


def test_notice_goes_by_the_clock_of_the_centre(shop: Path) -> None:
    """A time with a zone is that instant: 01:00 UTC is 09:00 in Shanghai."""
    in_time = pd.Timestamp("2026-04-30T01:00Z").to_pydatetime()
    with pytest.raises(SwapRefused, match="first shift"):
        propose(shop, *DEAL, now=in_time + timedelta(minutes=1))
    propose(shop, *DEAL, now=in_time)


def test_without_a_time_the_clock_decides(shop: Path) -> None:
    """A swap of past dates is refused today."""
    with pytest.raises(SwapRefused, match="first shift"):
        propose(shop, *DEAL, now=datetime.now().astimezone() + timedelta(days=36500))
    swap = Swap(
        swap_id="",
        proposer="A1",
        proposer_date=may(2),
        partner="A2",
        partner_date=may(3),
        proposed_at=desk.desk_of(shop, None).now,
    )
    assert abs(swap.proposed_at - datetime.now().astimezone()) < timedelta(minutes=2)


def test_at_most_two_in_a_month(shop: Path) -> None:
    """A third swap of an agent in a month is refused while two wait or were made; a rejected one does not count."""
    approved(shop, *DEAL)
    second = propose(shop, *LATER)
    third = ("A6", may(13), "A1", may(10))
    with pytest.raises(SwapRefused, match=r"A1 has 2 swap\(s\) in 2026-05 already; 2 are allowed"):
        propose(shop, *third)
    desk.reject_swap(shop, second.swap_id, "A2", "changed my mind", now=NOW)
    assert propose(shop, *third).swap_id == "S003"


def test_the_same_swap_waits_once(shop: Path) -> None:
    """The same swap, proposed by the other agent, is refused while the first waits."""
    propose(shop, *DEAL)
    with pytest.raises(SwapRefused, match="waits as S001"):
        propose(shop, "A2", may(3), "A1", may(2))


@pytest.mark.parametrize(
    ("deal", "rule", "agent"),
    [
        (("A1", may(3), "A2", may(3)), "max_consecutive_days", "A1"),
        (("A2", may(7), "A5", may(7)), "rest_between_shifts", "A5"),
    ],
)
def test_hard_rules_hold_after_the_swap(shop: Path, deal: tuple[Any, ...], rule: str, agent: str) -> None:
    """A swap after which an agent breaks a hard rule is refused with the rule, the agent and nothing changed."""
    before = contents(shop)
    with pytest.raises(SwapRefused, match=rule) as raised:
        propose(shop, *deal)
    assert raised.value.by_rules
    assert agent in str(raised.value)
    assert contents(shop) == before


def test_nobody_approves_alone(shop: Path) -> None:
    """Without the partner's agreement, without a name, by a party or by an ordinary agent nothing is approved."""
    swap_id = propose(shop, *DEAL, agreed=False).swap_id
    before = contents(shop)
    for by, pattern in {
        "Chen": "A2 has not agreed yet",
        " ": r"who decides is missing \(--by\)",
        "A1": "A1 takes part in swap S001",
        "Agent 2": "Agent 2 takes part in swap S001",
        "A5": "A5 is an agent without the tag supervisor",
    }.items():
        with pytest.raises(SwapRefused, match=pattern):
            desk.approve_swap(shop, swap_id, by, now=NOW)
    with pytest.raises(SwapRefused, match="only the partner A2 can agree to swap S001, not A5"):
        desk.agree_swap(shop, swap_id, "A5", now=NOW)
    assert contents(shop) == before
    desk.agree_swap(shop, swap_id, "A2", now=NOW)
    with pytest.raises(SwapRefused, match="A2 agreed to swap S001 on 2026-04-20 09:00"):
        desk.agree_swap(shop, swap_id, "A2", now=NOW)
    assert desk.approve_swap(shop, swap_id, "A6", now=NOW).swap.approver == "A6"


def test_decided_is_decided(shop: Path) -> None:
    """A swap that is approved or rejected, or an id that nobody gave, cannot be decided."""
    swap_id = approved(shop, *DEAL).swap_id
    rejected = propose(shop, *LATER).swap_id
    desk.reject_swap(shop, rejected, "Chen", "too many on leave", now=NOW)
    before = contents(shop)
    for known, pattern in {
        swap_id: r"approved already \(Chen\)",
        rejected: "rejected already",
        "S9": "known: S001, S002",
    }.items():
        with pytest.raises(SwapRefused, match=pattern):
            desk.approve_swap(shop, known, "Chen", now=NOW)
        with pytest.raises(SwapRefused, match=pattern):
            desk.reject_swap(shop, known, "Chen", "no", now=NOW)
        with pytest.raises(SwapRefused, match=pattern):
            desk.agree_swap(shop, known, "A2", now=NOW)
    assert contents(shop) == before


def test_a_rejection_says_who_and_why(shop: Path) -> None:
    """A rejection needs a name and a reason, and stands in the register with both."""
    swap_id = propose(shop, *DEAL).swap_id
    with pytest.raises(SwapRefused) as raised:
        desk.reject_swap(shop, swap_id, "", " ", now=NOW)
    assert len(raised.value.reasons) == 2
    desk.reject_swap(shop, swap_id, "Chen", "=too many", now=NOW)
    kept = desk.list_swaps(shop).swaps[swap_id]
    assert (kept.status, kept.approver, kept.reason) == ("rejected", "Chen", "=too many")
    assert b"'=too many" in (shop / "swaps.csv").read_bytes()


def test_too_late_to_approve(shop: Path) -> None:
    """Proposed in time, a swap can still be approved a minute before its first shift, but not when that starts."""
    swap_id = propose(shop, *DEAL).swap_id
    with pytest.raises(SwapRefused, match="first shift started on 2026-05-02 09:00"):
        desk.approve_swap(shop, swap_id, "Chen", now=datetime(2026, 5, 2, 9))  # noqa: DTZ001
    desk.approve_swap(shop, swap_id, "Chen", now=datetime(2026, 5, 2, 8, 59))  # noqa: DTZ001


def test_a_roster_made_anew_is_not_the_one_agreed_on(shop: Path) -> None:
    """When a day has changed since the proposal, the approval is refused with then and now."""
    swap_id = propose(shop, *DEAL).swap_id
    publish(shop, {**LINES, "A1": "D E - D D D D - - D D D - -"})
    with pytest.raises(SwapRefused, match="then 2026-05-02 D/-; 2026-05-03 -/D, now 2026-05-02 E/-; 2026-05-03 -/D"):
        desk.approve_swap(shop, swap_id, "Chen", now=NOW)


def test_a_roster_made_anew_loses_its_swaps_and_says_so(shop: Path) -> None:
    """A swap that the roster planned after it does not hold has lapsed and no longer counts."""
    approved(shop, *DEAL)
    publish(shop)
    assert desk.list_swaps(shop).swaps["S001"].status == "lapsed"
    assert approved(shop, *DEAL).swap_id == "S002"
    assert [s.status for s in desk.list_swaps(shop).swaps.values()] == ["lapsed", "approved"]
    assert b"lapsed" in (shop / "swaps.csv").read_bytes()


def test_the_skill_can_be_waived(tmp_path: Path) -> None:
    """With `same_skill = false` each serves a queue of his own skills."""
    shop = house(tmp_path / "shop", swap="same_skill = false")
    approved(shop, "A3", may(8), "A1", may(10))
    rows = table(shop, "roster.csv").set_index(["agent_id", "business_date"])["queue"]
    assert rows["A1", "2026-05-08"] == "sales"
    assert rows["A3", "2026-05-10"] == "service"


def test_a_roster_edited_by_hand_is_named(shop: Path) -> None:
    """A shift nobody knows is found with its line; any other change of `out/` is a mismatch with the manifest."""
    propose(shop, *DEAL)
    file = shop / "out" / "roster.csv"
    text = file.read_text("utf-8-sig")
    file.write_text(text.replace(",work,D,", ",work,X9,", 1), "utf-8-sig")
    with pytest.raises(InputErrors, match=r"roster\.csv, line 2, column 'shift_code': found 'X9'"):
        desk.approve_swap(shop, "S001", "Chen", now=NOW)
    file.write_text(text.replace(",work,D,", ",work,E,", 1), "utf-8-sig")
    with pytest.raises(InputErrors, match="start_local"):
        desk.approve_swap(shop, "S001", "Chen", now=NOW)
    file.write_text(text + "\n", "utf-8-sig")
    with pytest.raises(ManifestError, match=r"changed: roster\.csv"):
        desk.approve_swap(shop, "S001", "Chen", now=NOW)


def test_changed_inputs_and_no_output(shop: Path) -> None:
    """A roster made from other inputs, or none at all, is no ground for a swap."""
    with (shop / "pins.csv").open("a") as file:
        file.write("A2,2026-05-01,\n")
    with pytest.raises(ManifestError, match=r"pins\.csv"):
        propose(shop, *DEAL)
    shutil.rmtree(shop / "out")
    with pytest.raises(ManifestError, match="no finished roster"):
        propose(shop, *DEAL)
    assert desk.list_swaps(shop).swaps == {}


def test_a_roster_that_is_unlawful_itself_is_not_published(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Old violations are not blamed on a swap, but a roster that holds them is not written again."""
    swap_id = propose(shop, "A5", may(12), "A6", may(12)).swap_id
    plain = desk.desk_of

    def older(*arguments: Any) -> desk.Desk:
        found = plain(*arguments)
        seventh = found.base.roster.assignments["A1", may(7)]
        more = {
            ("A1", may(n)): replace(seventh, date=may(n), shift=found.base.plan.shifts["D", may(n)]) for n in (3, 8)
        }
        return replace(found, base=replace(found.base, roster=Roster({**found.base.roster.assignments, **more})))

    monkeypatch.setattr(desk, "desk_of", older)
    before = contents(shop)
    with pytest.raises(ManifestError, match=r"breaks 1 hard rule\(s\) without the swap already"):
        desk.approve_swap(shop, swap_id, "Chen", now=NOW)
    assert contents(shop) == before


def test_a_kill_before_the_exchange_changes_nothing(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When writing the new files fails, roster and register are those of before."""
    swap_id = propose(shop, *DEAL).swap_id
    before = contents(shop)
    monkeypatch.setattr(republish, "put_report", _killed)
    with pytest.raises(KeyboardInterrupt):
        desk.approve_swap(shop, swap_id, "Chen", now=NOW)
    assert contents(shop) == before


def _killed(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_kill_after_the_exchange_is_put_right(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the register could not be written after the roster, the roster's own record makes it approved."""
    swap_id = propose(shop, *DEAL).swap_id
    with monkeypatch.context() as patched:
        patched.setattr(SwapFile, "replace", _killed)
        with pytest.raises(KeyboardInterrupt):
            desk.approve_swap(shop, swap_id, "Chen", now=NOW)
    assert b"approved" not in (shop / "swaps.csv").read_bytes()
    kept = desk.list_swaps(shop).swaps[swap_id]
    assert (kept.status, kept.approver) == ("approved", "Chen")
    with pytest.raises(SwapRefused, match="approved already"):
        desk.approve_swap(shop, swap_id, "Chen", now=NOW)
    propose(shop, *LATER)
    assert b"S001,approved" in (shop / "swaps.csv").read_bytes()
    (shop / "swaps.csv").unlink()
    assert list(desk.list_swaps(shop).swaps) == ["S001"]


def test_two_supervisors_at_once(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A register or a roster that somebody else changed while an approval was under way stops it."""
    first = propose(shop, *DEAL).swap_id
    second = propose(shop, "A5", may(12), "A6", may(12)).swap_id

    def meanwhile(result: PlanResult) -> dict[str, Any]:
        monkeypatch.setattr(republish, "facts_of", facts_of)
        desk.approve_swap(shop, second, "Chen", now=NOW)
        return facts_of(result)

    monkeypatch.setattr(republish, "facts_of", meanwhile)
    with pytest.raises(SwapRefused, match=r"swaps\.csv was changed by somebody else"):
        desk.approve_swap(shop, first, "Chen", now=NOW)
    verify_manifest(shop / "out")
    assert {s.swap_id: s.status for s in desk.list_swaps(shop).swaps.values()} == {
        first: "proposed",
        second: "approved",
    }
