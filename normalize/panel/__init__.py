"""The checks over the reports of several years, and between reports: plain values in, checks out.

`history` has the nouns, `identity` says whose reports may be compared. `formulas` applies the
arithmetic that `checks.toml` declares to a year and the one before; `repeats`, `series` and `words`
are the rules that are no arithmetic; `assess` is all of them over one agency. `twins`, `peers` and
`territories` compare agencies.
"""
