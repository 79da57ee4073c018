"""Tables of general documents, found by how their text stands: columns, rows, heads, rules.

chunks     lines -> the parts of each line that wide gaps set apart
stretches  lines -> runs of lines that share the white space between columns
gutters    lines of a run -> where the white space between its columns lies
layout     a run -> its head and its rows, lines of one cell put together
heads      the lines above the first row -> heads over one column or several
finder     characters -> pieces of tables and the characters outside of them
coarse     grids whose rules part only some of the rows and columns -> the missing lines
"""
