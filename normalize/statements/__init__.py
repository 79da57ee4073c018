"""Figures that stand in sentences: what is counted, how many, of which year, said of whom.

sections -> sentences -> figures and claims of none -> statements -> checks against the tables
"""

from normalize.statements.checking import Compared as Compared
from normalize.statements.checking import compare_statements as compare_statements
from normalize.statements.checking import doubt_contradicted as doubt_contradicted
from normalize.statements.checking import statements_to_checks as statements_to_checks
from normalize.statements.growth import growth_to_checks as growth_to_checks
from normalize.statements.reading import sections_to_statements as sections_to_statements
