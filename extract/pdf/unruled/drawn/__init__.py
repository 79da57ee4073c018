"""Tables without upright rules, read in the order in which their cells were drawn.

Word processors and browsers draw a table cell by cell, row by row. Where the positions on the page
bear that order out, it tells which lines of text are one cell, which label stands before which
figures, and under which head, however narrow the gaps between columns are. Where they do not, the
table is left to `aligned`, which looks at positions alone.

words    the words of the forms that tell cells apart
segments characters -> what was drawn in one go, cut where another cell begins beside
cells    segments -> cells, each with the lines of its text
row      a row of cells
rows     cells -> rows, and the runs of rows that may be a table
blank    rows in which nothing is filled in, told by the heads and labels of the forms
blocks   a run -> blocks of heads over rows of labels and figures
halves   a block printed in two halves side by side
proof    blocks -> whether their rows stand as they were drawn
labels   the labels of rows -> cells in columns of their own, groups included
heads    the heads of a block -> cells over the columns of figures
finder   characters -> pieces of tables, and the characters that are in none
"""
