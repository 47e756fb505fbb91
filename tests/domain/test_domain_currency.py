"""The money of a centre."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from wfm.domain.currencies import CURRENCIES
from wfm.domain.settings import Centre


def test_money_of_the_country() -> None:
    """Wages are in the money of the country unless the centre names another."""
    countries = ("CN", "US", "JP", "AU", "HK", "TW", "DE")
    assert [Centre(name="x", country=country).currency for country in countries] == [
        *("CNY", "USD", "JPY", "AUD", "HKD", "TWD", "EUR")
    ]
    assert Centre(name="x").currency == "CNY"
    assert Centre(name="x", country="US", currency="MXN").currency == "MXN"


@pytest.mark.parametrize("centre", [{"country": "AQ"}, {"currency": "usd"}, {"currency": "$"}, {"currency": ""}])
def test_money_that_nobody_knows(centre: dict[str, str]) -> None:
    """A country whose money is not known needs a currency, and that is a code of three capitals."""
    with pytest.raises(ValidationError, match="is no currency"):
        Centre.model_validate({"name": "x", **centre})


def test_a_country_that_is_no_text() -> None:
    """A country that is no text is the one problem: nothing is said about its money."""
    with pytest.raises(ValidationError) as found:
        Centre.model_validate({"name": "x", "country": ["CN"]})
    assert [error["loc"] for error in found.value.errors()] == [("country",)]


def test_codes() -> None:
    """Countries have two capitals, currencies three."""
    assert all(len(country) == 2 and len(code) == 3 for country, code in CURRENCIES.items())
    assert "".join([*CURRENCIES, *CURRENCIES.values()]).isupper()
