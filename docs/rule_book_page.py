"""The page `rule-book.md`: how each requirement is met, what other products have, and the law packs."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wfm.law.packs import choices, packs
from wfm.pipeline.manual import written
from wfm.pipeline.rules import whole_pack

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from wfm.domain.text import Text
    from wfm.law import Pack, Provision

HERE = Path(__file__).parent
ROWS: Mapping[str, Mapping[str, Any]] = tomllib.loads((HERE / "rule_rows.toml").read_text("utf-8"))
"""The requirements by number."""
_PEERS = tomllib.loads((HERE / "rule_peers.toml").read_text("utf-8"))
PRODUCTS: Mapping[str, str] = _PEERS["products"]
FAMILIES: tuple[Mapping[str, Any], ...] = tuple(_PEERS["family"])

_ROWS = """Each requirement of the company documents behind the presets that concerns a roster, a leave or a swap, and
how it is met: by a *rule* of the book, a *check* of files or applications, a *ledger* that is kept between periods, a
*setting*; or it is *not computable*, and why. A1-A22 are of preset `iuni`, B of `pos24x7`, C of `chat26`, D of a plan
to pool regions."""
_FAMILIES = """Families of rules as four products document them in public, and ours beside them. A mark says that the
family was found in what was read; no mark is no proof that it is missing."""
_PACKS = """`[rules] law = ["eu"]`, or a table for a pack that asks for a choice: `[rules.law.cn-comprehensive]`. A pack
holds beside the company's own rules, the stricter of two decides. What no roster can say is listed under each."""


def rule_book() -> Iterator[str]:
    """Yield the lines of the page."""
    yield from ("Which rule answers which requirement. The rules themselves are in [rules.md](rules.md).", "")
    yield from ("## Requirements", "", _ROWS, "", *_requirements())
    yield from ("## Other products", "", _FAMILIES, "", *_families())
    yield from ("## Law packs", "", _PACKS, "")
    for name in packs():
        yield from _pack(name, whole_pack(name))


def _requirements() -> Iterator[str]:
    yield from _head("row", "what is asked", "met by", "rules and goals", "how")
    for number, row in ROWS.items():
        yield _line(number, _both(row), ", ".join(row["by"]), _kinds(row), _both(row["how"]))
    yield ""


def _families() -> Iterator[str]:
    yield from _head("family", *PRODUCTS, "ours", "rules and goals", "how")
    for family in FAMILIES:
        marks = ("x" if product in family["has"] else "" for product in PRODUCTS)
        yield _line(family["name"], *marks, family["ours"], _kinds(family), family.get("how", ""))
    yield ""
    yield from (f"- {short}: {name}" for short, name in PRODUCTS.items())
    yield ""


def _pack(name: str, pack: Pack) -> Iterator[str]:
    yield from (f"### law pack {name}", "", _said(pack.title), "", _said(pack.instrument), "")
    yield from (f"Complete from {pack.since}.", "")
    for choice in choices(name):
        offered = f" One of: {', '.join(choice.one_of)}." if choice.one_of else ""
        yield f"- `{choice.name}`: {_said(choice.meaning)}.{offered}"
    yield from ("", *_head("rule", "fields", "binds", "from", "until", "article", "source"))
    yield from (_provision(provision) for provision in pack.provisions)
    yield from ("", *_head("not computable", "from", "until", "why"))
    yield from (_line(_said(n.article), n.first, n.last or "", _said(n.why)) for n in pack.not_computable)
    yield ""


def _provision(found: Provision) -> str:
    fields = ", ".join(f"`{name} = {written(value)}`" for name, value in found.fields.items())
    binds = f"tag `{found.tag}`" if found.tag else "all"
    binds += f", not tag `{found.unless}`" if found.unless else ""
    article = f"{_said(found.article)}. {_said(found.note)}" if found.note else _said(found.article)
    return _line(f"`{found.rule}`", fields, binds, found.first, found.last or "", article, found.source)


def _kinds(row: Mapping[str, Any]) -> str:
    goals = (f"goal `{kind}`" for kind in row.get("goals", ()))
    return ", ".join((*(f"`{kind}`" for kind in row.get("rules", ())), *goals))


def _said(text: Text) -> str:
    return f"{text.en} / {text.zh}"


def _both(table: Mapping[str, str]) -> str:
    return f"{table['en']} / {table['zh']}"


def _head(*names: str) -> Iterable[str]:
    return (_line(*names), "|" + "---|" * len(names))


def _line(*cells: object) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"
