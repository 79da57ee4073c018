"""What becomes of requests over the years, and how much of it is in doubt.

python docs/examples/outcomes_over_years.py sqlite:///gongkai.db docs/examples
"""

import sys
from pathlib import Path

import gongkai

OUTCOMES = ["granted", "partially_granted", "refused", "unavailable", "not_processed", "other"]


def main(place: str, folder: Path) -> None:
    db = gongkai.open(place)
    panel = db.panel()
    labels = panel.attrs["labels_en"]

    # The forms of 2019 and 2021 count outcomes alike; that of 2014 has other grounds. A report
    # one of whose outcomes is not a number is left out of the sums, not counted as zero.
    alike = panel[panel["requests_form"].isin(["2019", "2021"])]
    complete = alike.dropna(subset=OUTCOMES)
    print(f"{len(complete)} of {len(alike)} reports print all outcomes")

    doubtful = complete[[f"{name}_flagged" for name in OUTCOMES]].any(axis=1)
    print(f"{int(doubtful.sum())} of them have an outcome in doubt; they are left out as well")
    sure = complete[~doubtful]

    by_year = sure.groupby("year")[OUTCOMES].sum()
    print(by_year.to_string())
    picture = gongkai.chart(
        by_year.div(by_year.sum(axis=1), axis=0),
        "stack",
        "Outcomes of all requests together",
        labels=labels,
        note=f"{len(sure)} reports without doubt in any outcome",
        as_share=True,
    )
    print(picture.save(folder / "outcomes_over_years.svg").name)

    # The share of each report by itself: here a large agency weighs no more than a small one.
    rates = db.rates()
    rates = rates[rates["report_id"].isin(sure["report_id"])]
    shares = rates.groupby("year")[["granted_share", "refused_share", "unavailable_share"]].median()
    print(shares.round(3).to_string())
    picture = gongkai.chart(
        shares,
        "lines",
        "Median share of outcomes",
        labels=rates.attrs["labels_en"],
        as_share=True,
    )
    print(picture.save(folder / "median_shares.svg").name)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
