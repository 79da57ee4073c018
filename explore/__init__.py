"""What researchers use on top of the database: `gongkai serve`, a web application.

Pages are made in two steps: a function in `pages/` turns what is stored into a frozen noun, and a
template of the same name shows it. `routes` says which address leads to which page, `safety` what
is let in, `sources` finds documents by their content, `pictures` draws their pages, `summary`
holds what whole collections come to, and Datasette serves SQL, filters, CSV and JSON.

Nothing here writes to the database, and nothing that a document says is shown unescaped.
"""
