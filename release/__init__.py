"""`gongkai release`: what is in a database as a dated package of data that can be cited.

`build` writes the folder, all of it or nothing. `summary` counts what is in it, `difference`
compares it with the release before, `descriptor` describes it to programs (`datapackage.json`),
`pages` to people, `citation` says how to cite it and under which licence. Everything follows from
the database, the date and what is given on the command line: the same of these is the same bytes.
"""
