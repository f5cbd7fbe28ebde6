"""What accounts tell the features above them, each of which listens in a file of its own.

Everything happens in the transaction of `session`, the sender.
"""

from __future__ import annotations

from blinker import Signal

# session, guest, member: what the guest owns becomes the member's, who is another row. Counts stay right.
adopting = Signal()

# session, user: their row was a guest's and is a member's now, so nothing has to move.
joined = Signal()

# session, user: answered with (how many, of what), such as (2, "sound").
owning = Signal()

# session, user, archive: put in everything there is about them.
exporting = Signal()

# session, user: end what is under way for them, before anything of theirs is deleted.
stopping = Signal()

# session, user, keep_tracks, afterwards: delete what is theirs, with counts right. What touches no row, such as files,
# is appended to the list `afterwards` and called once this is committed.
deleting = Signal()
