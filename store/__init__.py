"""Report -> rows: the only place that knows SQLAlchemy.

`database` opens, `save` writes a report and `load` reads it back, `query` runs a researcher's SQL,
`export` writes the contract's tables as files. `schema` has the tables, `views` what researchers
query, `errors` what can go wrong.
"""
