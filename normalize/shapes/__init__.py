"""Tables laid out otherwise than the forms print them, brought back to the forms' shape.

`heads` reads rows of column heads; `plans` says which printed column is which of the form;
`crossed` names figures by the heads above them alone; `upright` turns a table that lies on its
side; `listed` gathers figures that stand one in a row.
"""
