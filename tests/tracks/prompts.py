"""What people ask for, and the categories a careful person would file it under: 150 prompts, one a line."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Prompt:
    kind: str
    words: str
    expected: frozenset[str]


def table(kind: str, lines: str) -> list[Prompt]:
    """One prompt a line: words, a bar, categories."""
    rows = (line.split("|") for line in lines.strip().splitlines())
    return [Prompt(kind, words.strip(), frozenset(keys.split())) for words, keys in rows]


MUSIC = table(
    "music",
    """
    peaceful ambient melody                                             | peaceful ambient
    80s synthwave drive at night, 104 bpm, A minor                      | 80s synthwave
    warm lo-fi hip hop with dusty piano, 78 bpm                         | lofi hiphop piano
    jazz swing in a late lounge                                         | jazz
    dark trap 808, 142 bpm                                              | trap
    drum and bass jungle, 174 bpm                                       | drum_and_bass
    slow sad piano in an empty hall                                     | sad piano
    epic orchestral trailer with choir and big drums                    | epic orchestral trailer
    happy ukulele for a kids video                                      | happy kids
    solo classical guitar, gentle and slow                              | classical guitar gentle
    8-bit chiptune boss fight for an arcade game                        | chiptune arcade game_music
    deep house with a rolling bass line                                 | house
    minimal techno, 128 bpm, dark warehouse                             | techno
    uplifting trance for the sunrise, 136 bpm                           | trance inspirational
    dubstep with heavy wobble bass                                      | dubstep
    dark ambient drone under a cathedral                                | dark_ambient drone
    music for meditation and yoga with soft bells                       | meditation gentle
    floating through outer space, cosmic pads                           | space
    heroic film score with brass fanfare                                | heroic cinematic
    romantic string quartet for a wedding                               | romantic strings
    acoustic guitar and violin by the campfire                          | acoustic guitar strings
    chillhop beat to study to                                           | chillhop study
    coffee shop jazz with brushed drums                                 | cafe jazz
    boom-bap beat with vinyl crackle and jazz samples                   | boom_bap jazz
    indie rock with jangly guitars                                      | indie rock guitar
    fast heavy metal riff with double kick                              | metal
    raw punk rock, three chords                                         | punk rock
    90s grunge with distorted guitar                                    | grunge guitar
    delta blues on a slide guitar                                       | blues guitar
    smooth soul groove with electric piano                              | soul piano
    funky bass line with horns, 70s                                     | funk 70s
    bossa nova on the beach                                             | latin
    west african drums and kora                                         | african
    celtic harp and flute, misty hills                                  | celtic
    middle eastern oud with hand drums                                  | middle_eastern
    japanese koto in a quiet garden                                     | asian
    eerie music box for a horror film                                   | scary cinematic
    tense suspense underscore with ticking clock                        | suspense
    angry industrial beat                                               | angry
    calm background music for a podcast                                 | peaceful podcast
    upbeat corporate music for a product video                          | upbeat corporate
    christmas carol on sleigh bells and choir                           | holiday
    high energy workout music, 140 bpm                                  | workout
    mysterious forest at dusk, strings and celesta                      | mysterious strings
    relaxing spa music with water sounds                                | relaxing
    retro video game level theme, square waves                          | retro game_music
    sixties surf rock with spring reverb                                | 60s rock
    dramatic orchestra with thundering timpani, minor key               | dramatic orchestral
    inspiring piano and strings for an advertising spot                 | inspirational piano strings advertising
    melancholic cello without drums, no piano                           | sad strings
    """,
)

AUDIO = table(
    "audio",
    """
    slow rain on a tin roof                                             | rain metal
    heavy rain with distant thunder and footsteps                       | rain thunder footstep
    three knocks on a wooden door                                       | wood door impact
    ocean waves at the beach                                            | ocean
    crackling campfire in the forest at night                           | fire forest
    howling wind in the mountains                                       | wind
    a thunderstorm far away                                             | thunder
    water dripping in a cave                                            | water
    birds chirping at dawn                                              | bird
    a big dog barks twice                                               | dog
    cat purring close to the microphone                                 | cat
    crickets on a summer night                                          | insect
    a monster growls in the dark                                        | monster
    a woman laughs softly                                               | laugh
    a blood-curdling scream                                             | scream
    heavy breathing in a gas mask                                       | breath
    somebody chewing crisps                                             | eating
    stadium crowd cheering                                              | crowd
    squeaky door opens slowly                                           | door
    metal door slams shut in a stone hall                               | metal door impact
    glass shattering on a tile floor                                    | glass crash
    chopping wood with an axe                                           | wood
    crumpling a sheet of paper                                          | paper
    rustling silk cloth                                                 | cloth
    church bells ringing in the distance                                | bell
    a car engine starts and idles                                       | engine
    truck passing by on a wet road                                      | engine
    gears grinding in an old machine                                    | mechanical
    a robot says hello in beeps                                         | robot
    single gunshot with a long echo                                     | gun
    laser blaster, three shots                                          | laser
    sword drawn from its sheath, metallic ring                          | sword metal
    magic spell with sparkles                                           | magic sparkle
    a portal opens to another world                                     | portal
    power up for a platform game                                        | power_up
    healing potion, warm shimmer                                        | heal
    spaceship door slides open, sci-fi                                  | scifi door
    old computer booting                                                | computer
    fire alarm in an office                                             | alarm
    police siren passing                                                | alarm
    horror drone, deep and cold                                         | horror drone
    rising tension before the jump scare                                | tension horror
    ghost whispering in an empty house                                  | ghost
    cartoon slip and fall                                               | cartoon
    funny boing                                                         | funny
    snare drum roll                                                     | drum
    short dramatic stinger                                              | stinger
    fast whoosh transition for a video                                  | whoosh transition
    soft notification chime for a phone                                 | notification
    a button click in a menu                                            | button menu
    success jingle, bright and short                                    | success
    wrong answer buzzer                                                 | error
    typing on a mechanical keyboard                                     | typing mechanical
    sword swoosh and a hit on armour                                    | sword whoosh impact
    huge explosion with debris                                          | explosion
    car crash with breaking glass                                       | engine crash glass
    jumping sound for a small hero                                      | jump
    footsteps on gravel, slowly walking                                 | footstep
    low electronic hum of a fridge                                      | electronic
    small waterfall and a stream in the woods                           | water forest
    typewriter with a bell at the end of the line                       | typing bell
    seagulls over the harbour                                           | bird
    applause in a small theatre                                         | crowd
    a kettle whistles on the stove                                      | water
    an arrow flies by                                                   | whoosh
    helicopter overhead                                                 | engine
    alien computer interface bleeps                                     | scifi computer
    bees around a hive                                                  | insect
    fireworks over the city                                             | explosion
    zombie moaning behind a door                                        | monster door
    coin pickup, retro                                                  | success
    a page is turned in an old book                                     | paper
    wind in the trees without birds                                     | wind forest
    male voice shouting in a tunnel                                     | voice
    level up fanfare                                                    | power_up
    """,
)

TTS = table(
    "tts",
    """
    Hello and welcome to the show                                       | greeting
    Good morning, everyone!                                             | greeting
    Goodbye, and see you next week                                      | farewell
    Warning: the door is closing                                        | warning
    Attention please, the train is about to depart                      | announcer warning
    Turn left in two hundred metres                                     | directions numbers
    Your order has been confirmed, thank you                            | confirmation
    Breaking news: the bridge is open again                             | news
    The weather tomorrow: sunny with light rain in the evening          | weather
    Chapter one. It was a quiet night in the old town                   | audiobook numbers
    Once upon a time there was a fox                                    | audiobook narration
    one two three four five                                             | numbers
    Are you sure you want to delete this file?                          | question confirmation
    What time is it?                                                    | question
    In this tutorial you will learn how to tune a guitar                | tutorial
    Please enter your password                                          | prompt
    Buy now and save fifty percent                                      | commercial numbers
    Welcome back to the podcast                                         | greeting podcast
    Ladies and gentlemen, the winner is here                            | announcer
    Mission complete, player two                                        | game_voice numbers
    Press any key to continue                                           | prompt
    A female narrator reads the documentary                             | female narration
    Whisper it so that nobody hears                                     | whisper
    I am a robot and I feel nothing                                     | robotic
    Take the second exit at the roundabout                              | directions
    """,
)

PROMPTS = MUSIC + AUDIO + TTS

# Letters of a category inside other words, and words that mean something else here: nothing of it may be found.
TRAPS = (
    ("audio", "a carrot is crunched by a rabbit in a carpet shop", "engine car"),
    ("audio", "rainbow over a training ground for the brain", "rain"),
    ("music", "the bluest sky, blue and green", "blues"),
    ("audio", "a window winds down", "wind"),
    ("audio", "a catastrophe, and a category of caterpillar", "cat"),
    ("audio", "firewall log, firefly", "fire"),
    ("audio", "cartoon character, cargo and scar", "engine"),
    ("music", "a rocket in a trapped soulmate's worldwide epicentre", "rock trap soul world epic"),
    ("music", "sadder than a technocrat's punkt", "sad techno punk"),
    ("audio", "it has begun, gunther", "gun"),
    ("audio", "adoor, outdoors and doorway", "door"),
    ("audio", "space bar", "scifi"),
    ("audio", "dogma of a hotdog", "dog"),
    ("music", "metallurgy and chilli for households", "metal chill house"),
    ("audio", "thunderous applause", "thunder"),
    ("audio", "glassy eyes", "glass"),
    ("audio", "bellow of a belly", "bell"),
    ("tts", "the maleficent newsagent whispered nothing", "male news"),
    ("audio", "a meadow without dogs", "dog"),
    ("music", "no drums, no piano or guitar", "piano guitar"),
    ("music", "a waltz without drums or piano", "piano"),
)

# Written before the words were chosen, and not used to choose them: what to expect of prompts nobody foresaw.
UNSEEN = (
    table(
        "music",
        """
        tender nylon guitar, rainy sunday                                   | guitar gentle
        aggressive trap metal, 150 bpm                                      | trap metal intense
        a lullaby for babies with a celesta                                 | kids gentle
        nostalgic vaporwave, 80s mall                                       | 80s retro
        samba parade with whistles                                          | latin
        irish jig on a fiddle                                               | celtic strings
        haunting choir in a ruined abbey                                    | scary
        disco strings and a four on the floor kick                          | 70s strings
        chilled electronic beat for late nights                             | chill electronic
        baroque harpsichord in D minor                                      | classical
        gospel soul with hammond organ                                      | soul
        sci-fi drone for a documentary                                      | drone
        """,
    )
    + table(
        "audio",
        """
        a wolf howls, answered by a second one                              | monster
        a light drizzle on leaves                                           | rain forest
        keys jingle and a lock turns                                        | metal door
        a wooden crate breaks                                               | wood crash
        a child giggles in the next room                                    | laugh
        a kitten meows                                                      | cat
        motorbike revs and drives off                                       | engine
        magical chimes for a fairy                                          | magic
        an owl at midnight                                                  | bird
        heartbeat, slow, fearful                                            | tension
        machine gun burst far away                                          | gun
        waves against the hull of a boat                                    | ocean
        a cork pops and champagne is poured                                 | water
        muffled chatter in a restaurant                                     | crowd
        """,
    )
    + table(
        "tts",
        """
        See you tomorrow, take care                                         | farewell
        Where is the nearest station?                                       | question
        Caution, hot surface                                                | warning
        Your payment was received                                           | confirmation
        Good evening, here is the news                                      | greeting news
        Special offer, only today                                           | commercial
        """,
    )
)
