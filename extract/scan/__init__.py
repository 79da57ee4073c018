"""Scans: pictures of pages -> the same pages of characters and rules that a PDF is read from.

    pictures      bytes -> pictures, one at a time, none too large
    tall          pictures of several pages below each other -> pictures of pages
    orientation   pages on their side or upside down -> turned by quarters
    skew          how far the lines stand from level
    cleaning      picture -> sheet: dark ink on white, without stamps, its lines level
    faint         rules and figures hardly darker than paper
    ruling        sheet -> rules
    ink           regions of the sheet -> lines of text, and what is blank
    regions       rules and ink -> cells and the rest, each with its lines
    marks         dashes and slashes, told by the shape of their ink
    models        the networks that the package rapidocr brings
    memory        what keeps the process small
    recognition   pictures of lines -> likelihoods of characters, many at a time
    decoding      likelihoods -> texts, places of characters, candidates
    digits        the same for figures alone, where only a figure can stand
    figures       what a figure may be, letters taken for the digits they are
    vocabulary    the words of usual labels
    words         worn print, held against them
    lines         a line's picture, its characters in place, its candidates
    among         cells that stand among figures
    looks         the ways of drawing a line to be looked at
    read_line     a line as it is being read
    worn          lines hardly legible, looked at several times
    reading       regions -> lines, looked at again where one look is not sure
    page          sheet -> Page with its cells' candidates
    candidates    tables put together -> the same with candidates
    reader        files -> Reading

From there on the rooms of `extract.pdf` do the rest: cells, tables over pages, paragraphs.
"""

from extract.scan.memory import set_one_thread

set_one_thread()
