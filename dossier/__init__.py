"""`gongkai report-on`: one agency's year held against the year before, as a page that prints well.

`find` says which reports are meant, `content` puts two of them side by side as frozen nouns,
`page` writes HTML that stands by itself: no script, no other file, nothing of a document unescaped.
Tables are laid out, texts compared and charts drawn by `explore`.
"""
