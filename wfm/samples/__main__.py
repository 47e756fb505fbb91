"""Write every example folder: `python -m wfm.samples [FOLDER]` (default `examples`)."""

from __future__ import annotations

import sys
from pathlib import Path

from wfm.samples import EXAMPLES


def main(root: Path) -> None:
    """Write `root`/NAME for each example, replacing the files of the same name."""
    for name, example in EXAMPLES.items():
        folder = root / name
        folder.mkdir(parents=True, exist_ok=True)
        for file, text in example().items():
            (folder / file).write_text(text, encoding="utf-8", newline="")
        print(folder)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "examples"))
