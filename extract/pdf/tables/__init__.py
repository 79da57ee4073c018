"""Tables of general documents, found by how their text stands: columns, rows, heads, rules.

sides      characters -> those of each column of prose, and those across
chunks     lines -> the parts of each line that wide gaps set apart
stretches  lines -> runs of lines that share the white space between columns
seams      two runs side by side whose lines do not match -> where to part them
gutters    lines of a run -> where the white space between its columns lies
heads      the lines above the first row -> heads over one column or several
rows       the lines below -> rows, lines of one cell put together
layout     columns, heads and rows -> a piece of a table
evidence   whether it is a table, and no prose, list, contents or chart
finder     all of these for the characters outside of ruled grids
coarse     grids whose rules part only some rows and columns -> the missing lines
joined     heads in a grid over rows without rules -> one table
"""
