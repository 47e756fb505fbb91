"""The money of a country, so that `[centre] currency` need not be written."""

from __future__ import annotations

_EURO = "AT BE CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK"
_OTHERS = """
AE:AED AR:ARS AU:AUD BD:BDT BR:BRL CA:CAD CH:CHF CL:CLP CN:CNY CO:COP CR:CRC CZ:CZK DK:DKK DO:DOP EG:EGP GB:GBP GH:GHS
HK:HKD HU:HUF ID:IDR IL:ILS IN:INR IS:ISK JM:JMD JP:JPY KE:KES KR:KRW KZ:KZT LK:LKR MA:MAD MO:MOP MX:MXN MY:MYR NG:NGN
NO:NOK NP:NPR NZ:NZD PE:PEN PH:PHP PK:PKR PL:PLN RO:RON RS:RSD SA:SAR SE:SEK SG:SGD TH:THB TN:TND TR:TRY TW:TWD UA:UAH
US:USD UY:UYU VN:VND ZA:ZAR
"""
CURRENCIES = {**dict.fromkeys(_EURO.split(), "EUR"), **dict(pair.split(":") for pair in _OTHERS.split())}
"""ISO 4217 code by ISO 3166 code; a country that is not here has to name its own. Source: ISO 4217."""
