"""`swaps.csv` as people and spreadsheets leave it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from wfm.domain.errors import InputErrors
from wfm.files import read_settings
from wfm.pipeline.swap_register import COLUMNS, SwapFile, read_swaps
from wfm.records.swaps import Register, Swap, SwapRefused

AT = datetime(2026, 4, 20, 9, tzinfo=ZoneInfo("Europe/Berlin"))
HEADER = ",".join(COLUMNS)


def swap(number: int = 1, **more: object) -> Swap:
    """Return a proposed swap."""
    known = {"proposer": "A1", "proposer_date": date(2026, 5, 4), "partner": "=A2", "partner_date": date(2026, 5, 6)}
    return Swap(swap_id=f"S{number:03d}", proposed_at=AT, **{**known, **more})


def read(folder: Path) -> SwapFile:
    """Return the register of a folder that holds no roster."""
    return read_swaps(folder, read_settings(folder), None)


def text(folder: Path) -> str:
    """Return the register as it stands."""
    return (folder / "swaps.csv").read_bytes().decode("utf-8-sig")


def test_what_is_written_is_read(folder: Path) -> None:
    """Every field comes back, whatever its state, and a second write gives the same bytes."""
    every = [
        swap(1, agreed_at=AT, exchange="2026-05-04 D/-"),
        swap(2).approve("张, 三", AT, "v1"),
        swap(3).reject("@Chen", AT, '=HYPERLINK("x")\nand more'),
        swap(4, status="lapsed"),
    ]
    read(folder).save(Register({s.swap_id: s for s in every}))
    kept = read(folder)
    assert list(kept.register.swaps.values()) == every
    before = (folder / "swaps.csv").read_bytes()
    kept.save(kept.register)
    assert (folder / "swaps.csv").read_bytes() == before


def test_spreadsheets_open_it(folder: Path) -> None:
    """The file has a byte order mark, CRLF, and no cell that a spreadsheet takes for a formula."""
    read(folder).save(Register().put(swap(reason="+1")))
    data = (folder / "swaps.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n") == 2
    assert ",'=A2," in text(folder)
    assert ",'+1," in text(folder)


def test_a_file_saved_by_a_spreadsheet_is_read(folder: Path) -> None:
    """GB18030, dates with slashes, Chinese statuses and columns of one's own are understood, and the latter kept."""
    rows = "S001,已批准,A1,2026/5/4,A2,2026/5/6,x,2026/4/20 9:00,2026/4/20 9:05,张三,2026/4/21 10:00,,v1,口头,'-1\n"
    (folder / "swaps.csv").write_bytes(f"{HEADER},备注,no\n{rows}".encode("gb18030"))
    file = read(folder)
    known = file.register.swaps["S001"]
    assert (known.status, known.approver, known.partner_date) == ("approved", "张三", date(2026, 5, 6))
    assert known.proposed_at == datetime(2026, 4, 20, 7, tzinfo=UTC)
    file.save(file.register.put(swap(2)))
    assert text(folder).splitlines()[0] == f"{HEADER},备注,no"
    assert ",口头,'-1" in text(folder).splitlines()[1]
    assert text(folder).splitlines()[2].endswith(",,")


def test_every_problem_is_named(folder: Path) -> None:
    """Unknown statuses, bad dates, ids given twice and decisions without a name are listed with line and column."""
    rows = [
        "S001,granted,A1,2026-05-04,A2,2026-05-06,,2026-04-20T09:00,,,,,",
        "S002,proposed,A1,2026-13-04,A2,2026-05-06,,2026-04-20T09:00,,,,,",
        "S003,approved,A1,2026-05-04,A2,2026-05-06,,2026-04-20T09:00,,,,,",
        "S004,proposed,A1,2026-05-04,A2,2026-05-06,,2026-04-20T09:00,,,,,",
        "S004,proposed,A1,2026-05-04,,2026-05-06,,2026-04-20T09:00,,,,,",
        "S004,proposed,A1,2026-05-04,A2,2026-05-06,,9:00,,,,,",
        "S004,proposed,A1,2026-05-04,A2,2026-05-06,,2026-04-20T09:00,,,,,",
    ]
    (folder / "swaps.csv").write_text("\n".join([HEADER, *rows, ""]))
    with pytest.raises(InputErrors) as raised:
        read(folder)
    assert {(e.row, e.column) for e in raised.value.errors} == {
        (2, "status"),
        (3, "proposer_date"),
        (4, "approver"),
        (4, "decided_at"),
        (4, "roster_version"),
        (6, "partner"),
        (7, "proposed_at"),
        (8, "swap_id"),
    }


def test_a_missing_column_is_named(folder: Path) -> None:
    """A register without the column for the partner is refused."""
    (folder / "swaps.csv").write_text(HEADER.replace(",partner,", ",") + "\n")
    with pytest.raises(InputErrors, match="'partner'"):
        read(folder)


def test_a_change_in_the_meantime_is_kept(folder: Path) -> None:
    """Who read the register before somebody else wrote it cannot write over that."""
    mine, theirs = read(folder), read(folder)
    theirs.save(Register().put(swap()))
    before = text(folder)
    with pytest.raises(SwapRefused, match="changed by somebody else"):
        mine.save(Register().put(swap(2)))
    assert text(folder) == before


def test_a_file_held_by_another_program_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A register that cannot be opened for writing is refused before anything is written."""
    read(folder).save(Register().put(swap()))
    file, plain = read(folder), Path.open

    def held(path: Path, mode: str = "r", **more: object) -> object:
        if path.name == "swaps.csv" and "+" in mode:
            raise PermissionError(13, "in use")
        return plain(path, mode, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", held)
    with pytest.raises(SwapRefused, match=r"swaps\.csv cannot be written \(in use\)"):
        file.save(Register())


def test_the_register_is_no_stranger(folder: Path) -> None:
    """Reading a planning folder does not take the register for a misspelt file, and it shapes no roster."""
    from wfm.files import read_folder

    before = read_folder(folder)
    read(folder).save(Register().put(swap()))
    after = read_folder(folder)
    assert (after.notes, after.hashes) == (before.notes, before.hashes)
