"""From a roster to hours and amounts, each line with its reason."""

from wfm.payroll.base import PAY_ELEMENTS, PayElement, PayLine, WorkMonth, element_names
from wfm.payroll.checks import check_pay, check_settings
from wfm.payroll.earnings import Earnings, earnings
from wfm.payroll.one_more import one_more_shift
from wfm.payroll.remarks import notes
from wfm.payroll.tables import payroll, timesheet

__all__ = [
    "PAY_ELEMENTS",
    "Earnings",
    "PayElement",
    "PayLine",
    "WorkMonth",
    "check_pay",
    "check_settings",
    "earnings",
    "element_names",
    "notes",
    "one_more_shift",
    "payroll",
    "timesheet",
]
