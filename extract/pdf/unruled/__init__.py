"""Tables whose columns no upright rules part, found by how figures stand in columns.

tokens       lines -> the parts of a line that stand in columns of their own
measures     rows whose figure is blank, told by the unit that stands there
close_heads  heads too close side by side, parted over the figures below them
stretch      lines -> runs of lines that may be a table
aligned      runs of lines -> tables, cut into blocks at banners and heads
blocks       runs of lines -> their blocks, and where labels end
block        one block -> a piece of a table, labels and groups included
blank_block  a block without figures between or behind others
values       lines of figures -> the columns they stand in, and the figures of each row
heads        lines above the figures -> heads over one column or several
zones        labels -> the columns that they stand in
row_labels   labels -> the rows that they name
groups       labels -> those that stand for groups of rows, and for how many
unfilled     heads over a row all but empty, between rules
open_heads   heads over a row all but empty, in white space
page_head    rows at the head of a page that end a table of the page before
drawn        a room of its own, tried first: tables told by the order of drawing their cells
"""
