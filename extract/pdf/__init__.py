"""Born-digital PDF: characters and rules -> tables, headings and paragraphs in reading order.

A page goes through a chain that is the same for every library that can open a PDF:

    opening                       bytes -> pdfium's document
    pdfium_pages, plumber_pages   bytes -> Pages of characters and rules
    edges                         rules -> snapped and joined edges
    lattice                       edges -> grids of cells with their spans
    cells                         grids and characters -> pieces of tables
    unruled                       lines of figures in columns -> pieces of tables without rules
    script, tables                the same for pages that are not Chinese, of any document
    parts                         all of these for one page
    running                       page numbers and repeated lines, told from the text
    chain, regrid, stitch         pieces over pages -> tables
    blank_ends                    heads at the foot of a page -> the blank row that follows them
    flow                          what is left -> headings and paragraphs
    assemble                      all pages -> Reading

The readers `pdfium_reader`, `pdfplumber_reader` and `camelot_reader` each offer
`read(data: bytes) -> Reading`.
"""
