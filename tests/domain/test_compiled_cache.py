"""Where compiled inner loops are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wfm.domain import jit

if TYPE_CHECKING:
    from pathlib import Path

INNER = "from wfm.domain.jit import compiled\n\n\n@compiled\ndef twice(x):\n    return {}\n"


def test_a_change_in_any_inner_file_compiles_all_anew(tmp_path: Path) -> None:
    """Another text of a file with inner loops means another folder of compiled code; other files mean nothing."""
    folder = jit.cache_folder.__wrapped__
    (tmp_path / "a.py").write_text(INNER.format("2 * x"), encoding="utf-8")
    (tmp_path / "b.py").write_text("OTHER = 1\n", encoding="utf-8")
    first = folder(tmp_path)
    (tmp_path / "b.py").write_text("OTHER = 2\n", encoding="utf-8")
    assert folder(tmp_path) == first
    (tmp_path / "a.py").write_text(INNER.format("x + x"), encoding="utf-8")
    assert folder(tmp_path) != first


def test_the_setting_of_the_process_is_left_alone() -> None:
    """Compiling a function keeps it in a folder of its own without moving what others in the process compile."""
    pytest.importorskip("numba", reason="no compiler of inner loops installed")
    before = jit.settings.CACHE_DIR
    jit.compiled(lambda x: x)
    assert before == jit.settings.CACHE_DIR


def test_what_is_still_to_be_compiled_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without compiled code is cold, one with some is not, and without a compiler nothing is."""
    monkeypatch.setattr(jit, "_folders", set())
    assert not jit.cold()
    monkeypatch.setattr(jit, "_folders", {tmp_path})
    assert jit.cold()
    (tmp_path / "engine").mkdir()
    (tmp_path / "engine" / "kernel.nbi").touch()
    assert not jit.cold()
