"""The smallest error that breaks each rule of the catalogue, as data."""

from tests.planted.error import Planted as Planted
from tests.planted.print import PRINT
from tests.planted.proactive import PROACTIVE
from tests.planted.requests import REQUESTS
from tests.planted.statistics import STATISTICS

PLANTED = (*REQUESTS, *PROACTIVE, *STATISTICS, *PRINT)
