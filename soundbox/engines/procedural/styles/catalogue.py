"""All styles, in the order in which an unread prompt may fall on them."""

from soundbox.engines.procedural.styles import bands, beats, electronic, scores
from soundbox.engines.procedural.styles.style import Style

STYLES: tuple[Style, ...] = (
    beats.LOFI,
    electronic.SYNTHWAVE,
    electronic.HOUSE,
    electronic.TECHNO,
    electronic.TRANCE,
    electronic.AMBIENT,
    electronic.DRUM_AND_BASS,
    electronic.DUBSTEP,
    electronic.CHIPTUNE,
    beats.TRAP,
    beats.HIP_HOP,
    beats.FUNK,
    beats.SOUL,
    beats.REGGAE,
    beats.BOSSA,
    beats.LATIN,
    bands.ROCK,
    bands.METAL,
    bands.JAZZ,
    bands.BLUES,
    bands.FOLK,
    bands.COUNTRY,
    bands.POP,
    scores.PIANO,
    scores.CLASSICAL,
    scores.ORCHESTRAL,
    scores.LULLABY,
)
