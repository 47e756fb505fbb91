"""The output folder: swapped in whole, with a manifest."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
import pytest

from wfm.domain.errors import ManifestError
from wfm.files import other_files, output, read_manifest, recover, staged, verify_manifest, write_manifest

if TYPE_CHECKING:
    from pathlib import Path

ENDLESS = """
import sys
from pathlib import Path
from wfm.files import output
if sys.argv[2] == "renames":
    output._exchange = lambda new, out: False
run = 0
print("ready", flush=True)
while True:
    run += 1
    with output.staged(Path(sys.argv[1])) as new:
        (new / "draft").mkdir()
        for name in ("a.csv", "b.csv", "draft/c.csv"):
            (new / name).write_text(str(run) * 2000)
"""


def files(folder: Path) -> dict[str, str]:
    """Return the texts of the files in a folder, by name."""
    return {p.relative_to(folder).as_posix(): p.read_text() for p in folder.rglob("*") if p.is_file()}


def write(folder: Path, text: str) -> None:
    """Write one run's output."""
    with staged(folder) as new:
        (new / "draft").mkdir()
        (new / "a.csv").write_text(text)
        (new / "draft" / "b.csv").write_text(text)


@pytest.mark.parametrize("exchange", [True, False])
def test_new_output_replaces_the_old_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exchange: bool) -> None:
    """The second run's files stand alone in `out`, nothing of the first is left, with and without an exchange."""
    if not exchange:
        monkeypatch.setattr(output, "_exchange", lambda new, out: False)
    with staged(tmp_path) as new:
        (new / "old.csv").write_text("1")
    write(tmp_path, "2")
    assert files(tmp_path) == {"out/a.csv": "2", "out/draft/b.csv": "2"}
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_failed_run_leaves_the_old_output(tmp_path: Path) -> None:
    """An exception, Ctrl-C included, leaves the old files and no scraps."""
    write(tmp_path, "1")

    def fail(error: BaseException) -> None:
        with staged(tmp_path) as new:
            (new / "a.csv").write_text("2")
            raise error

    for error in (ValueError("no"), KeyboardInterrupt()):
        with pytest.raises(type(error)):
            fail(error)
        assert files(tmp_path) == {"out/a.csv": "1", "out/draft/b.csv": "1"}


def test_scraps_of_a_killed_run_are_removed(tmp_path: Path) -> None:
    """What a killed run left in `out.tmp` never reaches `out`."""
    (tmp_path / "out.tmp").mkdir()
    (tmp_path / "out.tmp" / "scrap.csv").write_text("x")
    write(tmp_path, "1")
    assert files(tmp_path) == {"out/a.csv": "1", "out/draft/b.csv": "1"}


def test_recovery_between_two_renames(tmp_path: Path) -> None:
    """When `out` is gone and `out.old` is there, the old output comes back; a leftover `out.old` goes."""
    write(tmp_path, "1")
    (tmp_path / "out").rename(tmp_path / "out.old")
    recover(tmp_path)
    assert files(tmp_path / "out")["a.csv"] == "1"
    (tmp_path / "out.old").mkdir()
    recover(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("way", ["exchange", "renames"])
def test_killed_at_any_moment(tmp_path: Path, way: str) -> None:
    """SIGKILL at any moment leaves one whole run in `out`, which is never missing where folders can be exchanged."""
    if way == "exchange" and not _can_exchange(tmp_path):
        pytest.skip("this file system cannot exchange two folders in one step")
    write(tmp_path, "0")
    chance = random.Random(5)  # noqa: S311
    for _ in range(10):
        runner = subprocess.Popen([sys.executable, "-c", ENDLESS, str(tmp_path), way], stdout=subprocess.PIPE)  # noqa: S603
        assert runner.stdout is not None
        runner.stdout.readline()
        time.sleep(chance.uniform(0, 0.05))
        runner.send_signal(signal.SIGKILL)
        runner.wait()
        runner.stdout.close()
        if way == "renames":
            recover(tmp_path)
        found = files(tmp_path / "out")
        assert len(found) in (2, 3)
        assert len(set(found.values())) == 1


def _can_exchange(folder: Path) -> bool:
    for name in ("one", "two"):
        (folder / name).mkdir()
    done = output._exchange(folder / "one", folder / "two")  # noqa: SLF001
    for name in ("one", "two"):
        (folder / name).rmdir()
    return done


FACTS = {
    "status": "optimal",
    "gap": np.float64(0.5),
    "seed": np.int64(1),
    "first": date(2026, 5, 1),
    "amount": Decimal("1.50"),
    "name": "热线",
}


def test_manifest_describes_every_file(tmp_path: Path) -> None:
    """The manifest holds the facts as plain values and a hash per file, its keys sorted, and verifies."""
    write(tmp_path, "1")
    out = tmp_path / "out"
    write_manifest(out, FACTS)
    text = (out / "manifest.json").read_text("utf-8")
    assert '"name": "热线"' in text
    assert list(json.loads(text)) == sorted([*FACTS, "outputs"])
    manifest = verify_manifest(out)
    assert (manifest["gap"], manifest["first"], manifest["amount"]) == (0.5, "2026-05-01", "1.50")
    assert sorted(manifest["outputs"]) == ["a.csv", "draft/b.csv"]
    assert read_manifest(out) == manifest


def test_changed_and_missing_files_are_named(tmp_path: Path) -> None:
    """A folder whose files are not those of its manifest is refused, and the files are named; others do not matter."""
    write(tmp_path, "1")
    out = tmp_path / "out"
    write_manifest(out, FACTS)
    (out / "own notes.txt").write_text("mine")
    verify_manifest(out)
    (out / "a.csv").write_text("2")
    (out / "draft" / "b.csv").unlink()
    with pytest.raises(ManifestError) as caught:
        verify_manifest(out)
    assert "missing: draft/b.csv; changed: a.csv" in str(caught.value)
    assert "缺失：draft/b.csv；已改动：a.csv" in caught.value.message.zh


def test_files_that_may_have_been_edited(tmp_path: Path) -> None:
    """A file, or the files of a folder, may be left out of the comparison; locks of a spreadsheet are never in it."""
    write(tmp_path, "1")
    out = tmp_path / "out"
    (out / ".~lock.a.csv#").write_text("open")
    (out / "draft" / "~$b.xlsx").write_text("open")
    write_manifest(out, FACTS)
    assert sorted(read_manifest(out)["outputs"]) == ["a.csv", "draft/b.csv"]
    (out / "draft" / "b.csv").write_text("2")
    assert verify_manifest(out, out / "draft" / "b.csv") == verify_manifest(out, out / "draft") == read_manifest(out)
    for other in (out / "a.csv", out, tmp_path):
        with pytest.raises(ManifestError, match=r"changed: draft/b\.csv"):
            verify_manifest(out, other)
    assert other_files(out, read_manifest(out)) == ["draft/b.csv"]
    assert other_files(out, read_manifest(out), "a") == []


@pytest.mark.parametrize("text", [None, "", "{", "[]", "{}", '{"outputs": 1}'])
def test_no_manifest(tmp_path: Path, text: str | None) -> None:
    """A missing or broken manifest is an error of its own kind."""
    if text is not None:
        (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(ManifestError):
        verify_manifest(tmp_path)


def test_strange_facts_are_refused(tmp_path: Path) -> None:
    """NaN and objects without a plain form do not get into a manifest."""
    with pytest.raises(ValueError, match="JSON"):
        write_manifest(tmp_path, {"gap": float("nan")})
    with pytest.raises(TypeError):
        write_manifest(tmp_path, {"gap": object()})
    assert not (tmp_path / "manifest.json").exists()
