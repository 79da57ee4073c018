"""Report -> rows: the only place that knows SQLAlchemy.

`database` opens, `save` writes a report and `load` reads it back, `query` runs a researcher's SQL,
`export` writes the contract's tables as files. `schema` has the tables, `views` what researchers
query, `panel_view` what is comparable over years, `codebook` what each column means, `errors` what
can go wrong. `corrections` records and applies what people decide of cells, `manifest` keeps what
was known of the files.
"""
