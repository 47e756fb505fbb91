"""Write the golden files of every export format again: `python tests/golden/regenerate.py [KIND ...]`.

Look at the difference before it is committed: each changed line is a change that another system will read.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "contracts"))

from export_case import golden, write  # noqa: E402

from wfm.export import EXPORTS  # noqa: E402


def main(kinds: list[str]) -> None:
    """Write the files of some kinds, else of all."""
    for kind in kinds or EXPORTS:
        shutil.rmtree(HERE / kind, ignore_errors=True)
        with tempfile.TemporaryDirectory() as folder:
            for name, data in write(kind, Path(folder)).items():
                kept, content = golden(name, data)
                path = HERE / kind / kept
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
                print(path.relative_to(HERE))


if __name__ == "__main__":
    main(sys.argv[1:])
