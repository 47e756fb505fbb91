"""ADP paydata: hours from the timesheet, earnings from the payroll."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from formats_house import LONG, ZERO, form, outgoing, plan, records, written

from wfm.domain.errors import InputErrors
from wfm.export import EXPORTS

if TYPE_CHECKING:
    from pathlib import Path

    from wfm.export import Outgoing

HOURS = ("scheduled_h", "worked_h", "ot150_h", "ot200_h", "ot300_h", "leave_h")


def timesheet(*rows: tuple[object, ...]) -> pd.DataFrame:
    """Return a timesheet of agent, month and hours as text."""
    cells = [(*row[:2], *(None if h is None else Decimal(str(h)) for h in row[2:])) for row in rows]
    return pd.DataFrame(cells, columns=["agent_id", "period", *HOURS], dtype=object)


def payroll(*rows: tuple[str, str, str, str | None]) -> pd.DataFrame:
    """Return payroll lines of agent, month, element and amount."""
    cells = [(*row[:3], None if row[3] is None else Decimal(row[3]), "CNY") for row in rows]
    return pd.DataFrame(cells, columns=["agent_id", "period", "element_code", "amount", "currency"], dtype=object)


def paid(sheet: pd.DataFrame | None = None, lines: pd.DataFrame | None = None) -> Outgoing:
    """Return a roster with hours and pay of two agents."""
    hours = timesheet(
        (ZERO, "2026-05", "176.00", "180.50", "10.50", None, "8.00", "0.00"),
        (LONG, "2026-05", "160.00", None, None, None, None, "16.00"),
    )
    pay = payroll(
        (ZERO, "2026-05", "holiday", "827.59"),
        (ZERO, "2026-05", "big_night", "60"),
        (ZERO, "2026-05", "small_night", "20.5"),
        (ZERO, "2026-05", "small_night", "20.5"),
    )
    return outgoing(timesheet=hours if sheet is None else sheet, payroll=pay if lines is None else lines)


def rows(tmp_path: Path, out: Outgoing | None = None, **options: Any) -> list[list[str]]:
    """Return the cells of the file."""
    (text,) = written(form("adp_paydata", **options), out or paid(), tmp_path).values()
    return [list(row.values()) for row in records(text)]


def test_the_file(tmp_path: Path) -> None:
    """Each hour stands in one column, further codes have rows of their own, amounts two places; no byte order mark."""
    (text,) = written(form("adp_paydata"), paid(), tmp_path).values()
    assert text == (
        "Co Code,Batch ID,File #,Reg Hours,O/T Hours,Hours 3 Code,Hours 3 Amount,Earnings 3 Code,Earnings 3 Amount\r\n"
        "AB1,202605,007,162.00,10.50,H,8.00,BN,60.00\r\n"
        "AB1,202605,007,,,,,SN,41.00\r\n"
        "AB1,202605,310101199001011234,160.00,,,,,\r\n"
    )
    assert text.splitlines()[0].split(",") == [c.name for c in EXPORTS["adp_paydata"].columns]


def test_totals_are_those_of_the_tables(tmp_path: Path) -> None:
    """All hours together are the hours worked, all amounts the payroll without what is left out."""
    found = rows(tmp_path)
    hours = sum(Decimal(cell) for row in found for cell in (row[3], row[4], row[6]) if cell)
    assert hours == Decimal("180.50") + Decimal("160.00")
    assert sum(Decimal(row[8]) for row in found if row[8]) == Decimal("101.00")


@pytest.mark.parametrize(("code", "name"), [("A", "PRA__EPI.csv"), ("AB", "PRAB_EPI.csv"), ("AB1", "PRAB1EPI.csv")])
def test_the_name_of_the_file(tmp_path: Path, code: str, name: str) -> None:
    """The company code in the name is padded to three characters."""
    assert list(form("adp_paydata", company_code=code).write(paid(), tmp_path)) == [name]


def test_numbers_of_people_and_batch(tmp_path: Path) -> None:
    """File numbers and the batch are options; leading zeros stay."""
    found = rows(tmp_path, file_numbers={ZERO: "000123", LONG: "000124"}, batch_id="B 7")
    assert {(row[1], row[2]) for row in found} == {("B 7", "000123"), ("B 7", "000124")}


def test_leave_hours_beside_regular_hours(tmp_path: Path) -> None:
    """Leave is not part of the hours worked: its code does not lower regular hours."""
    found = rows(tmp_path, hours_codes={"leave_h": "VAC", "ot300_h": "H"})
    assert found[-1] == ["AB1", "202605", LONG, "160.00", "", "VAC", "16.00", "", ""]


def test_time_off_in_lieu_is_not_paid(tmp_path: Path) -> None:
    """Hours that become time off are no regular hours, with a code of their own or without."""
    sheet = timesheet((ZERO, "2026-05", "180.00", None, "0.00", None, None, None))
    sheet["toil_h"] = pd.Series([Decimal("4.00")], dtype=object)
    out = paid(sheet, payroll())
    assert rows(tmp_path, out)[0][3:7] == ["176.00", "0.00", "", ""]
    assert rows(tmp_path, out, hours_codes={"toil_h": "BNK"})[0][3:7] == ["176.00", "0.00", "BNK", "4.00"]


@pytest.mark.parametrize("code", ["", "ABCD", "A-", "甲"])
def test_a_company_code_that_cannot_be(code: str) -> None:
    """A company code has one to three letters or digits."""
    (found,) = form("adp_paydata", company_code=code).problems(plan().settings)
    assert found.column == "export.adp_paydata.company_code"


def test_hours_in_two_places() -> None:
    """A column of hours is overtime or has a code of its own, not both."""
    made = form("adp_paydata", overtime=["ot300_h"])
    assert [e.column for e in made.problems(plan().settings)] == ["export.adp_paydata.hours_codes.ot300_h"]


def test_an_element_without_a_code(tmp_path: Path) -> None:
    """A pay element that is neither mapped nor left out stops the export: money is never dropped silently."""
    with pytest.raises(InputErrors, match="missing: holiday"):
        rows(tmp_path, leave_out=[])
    assert list(tmp_path.iterdir()) == []


def test_a_line_without_an_amount(tmp_path: Path) -> None:
    """A line that has no amount stops the export and names its element."""
    lines = payroll((ZERO, "2026-05", "big_night", None))
    with pytest.raises(InputErrors, match="'big_night'"):
        rows(tmp_path, paid(lines=lines))
    assert rows(tmp_path, paid(lines=lines), leave_out=["big_night", "holiday"])[0][7:] == ["", ""]


def test_more_overtime_than_hours(tmp_path: Path) -> None:
    """More overtime than hours worked cannot be sent."""
    with pytest.raises(InputErrors, match="at most the hours worked") as failed:
        rows(tmp_path, paid(timesheet((ZERO, "2026-05", "8.00", None, "9.00", None, None, None))))
    assert failed.value.errors[0].value == ZERO
    assert list(tmp_path.iterdir()) == []


def test_only_what_may_leave(tmp_path: Path) -> None:
    """Without the permission for hours the file has earnings only, without that for pay hours only."""
    assert rows(tmp_path, personal_data=["agent_id", "pay"])[0][2:] == [ZERO, "", "", "", "", "BN", "60.00"]
    assert {row[7] for row in rows(tmp_path, personal_data=["agent_id", "hours"])} == {""}
