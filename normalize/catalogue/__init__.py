"""The checks of a report beside the hard identities: lawful rules, remarks, suspicions.

`tables` applies the rules that the form files declare; `patterns` are those of them that are no
arithmetic; `cells` looks at single cells, `layout` at tables and sections, `metadata` at what the
document says of itself. A rule that holds everywhere is one check without a row and column; where
it fails, each failure is a check at its own cell.
"""
