"""Review by people: one doubtful cell after the other, its place on the page, and a keystroke.

`desk` holds who is reviewing, what they decided and what is next, `item` is what one of them sees,
`words` says doubts plainly, `crops` draws cells enlarged, `admission` refuses what other sites
send, and `web` answers `/review`. It exists only when it is asked for, and it alone writes: to the
ledger of corrections, through a connection of its own.
"""
