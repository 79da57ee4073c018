* Outcomes of requests over the years, from a release of gongkai.
*
* stata -b do docs/examples/panel.do RELEASE

version 16
args folder
use "`folder'/stata/panel.dta", clear

* Variables and statuses have Chinese labels.
describe received granted refused
tabulate received_status

* What is not a number is missing, never 0: such a report is left out of the sums.
local outcomes granted partially_granted refused unavailable not_processed other
keep if inlist(requests_form, "2019", "2021")
egen without = rowmiss(`outcomes')
drop if without > 0

* Reports with an outcome in doubt are left out as well.
egen doubtful = rowtotal(granted_flagged partially_granted_flagged refused_flagged ///
    unavailable_flagged not_processed_flagged other_flagged)
drop if doubtful > 0

collapse (sum) `outcomes' (count) reports = granted, by(year)
list, noobs
graph bar `outcomes', over(year) stack ytitle("requests") title("Outcomes of requests")
graph export outcomes_over_years.png, replace width(900)
