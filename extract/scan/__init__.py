"""Scans: pictures of pages -> the same pages of characters and rules that a PDF is read from.

    pictures      bytes -> pictures, one at a time, none too large
    cleaning      picture -> sheet: dark ink on white, without stamps, turned upright
    skew          how far the lines stand from level
    ruling        sheet -> rules
    ink           regions of the sheet -> lines of text, and what is blank
    lines         the lines of cells and of the text around tables
    recognition   pictures of lines -> probabilities of characters, many at a time
    decoding      probabilities -> texts, places of characters, candidates
    figures       what a cell of figures may say, and how sure that is
    page          sheet -> Page with its cells' candidates
    reader        files -> Reading

From there on the rooms of `extract.pdf` do the rest: cells, tables over pages, paragraphs.
"""
