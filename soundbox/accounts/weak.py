"""Passwords that are guessed first: common words and names, runs on a keyboard, repetitions, one's own name; also with
figures and signs around them, and with letters replaced by what looks like them. Lists of leaked passwords count up
little else.
"""

from __future__ import annotations

import re

from soundbox.web.errors import Refusal

COMMON_WORDS = """
    password passwort passwd pass pwd motdepasse contrasena senha parola wachtwoord haslo salasana lozinka sifre
    admin administrator root user guest login letmein welcome willkommen bienvenue access secret default changeme
    master test testing tester demo temp temporary sample example unknown private system server computer internet
    iloveyou loveyou ilove love lovely lover loveme sweetheart babygirl babyboy baby princess prince angel honey
    sunshine moonlight starlight rainbow butterfly flower flowers summer winter spring autumn sommer hello hallo
    bonjour freedom friend friends friendship family forever happy smile peace heaven jesus jesuschrist christ god
    blessed faith trustno trustnoone whatever nothing something computer keyboard monkey dragon tiger eagle shadow
    lion panther wolf bear dolphin horse kitten kitty puppy doggy chicken turtle spider scorpion phoenix unicorn
    football soccer baseball basketball hockey tennis golf golfer rugby cricket liverpool chelsea arsenal barcelona
    realmadrid juventus manchester manunited everton celtic rangers yankees redsox dodgers lakers cowboys steelers
    michael jordan jennifer jessica michelle ashley amanda nicole daniel andrew joshua matthew anthony robert
    william thomas richard charles charlie joseph christopher patrick alexander alexandra sebastian benjamin
    samantha stephanie elizabeth victoria caroline maria marina anna andrea sabrina natasha martin george jackson
    hunter taylor jasmine superman batman spiderman ironman starwars startrek pokemon pikachu naruto minecraft
    fortnite roblox nintendo playstation xbox gamer gaming player killer hacker ninja samurai warrior soldier sniper
    pirate wizard legend google facebook instagram youtube twitter amazon apple samsung microsoft windows linux
    android iphone android mustang ferrari porsche corvette harley mercedes yamaha honda toyota chevrolet camaro
    maverick pepper ginger cookie cheese chocolate banana orange apple cherry coffee pizza whisky bailey buster
    maggie diamond silver golden purple yellow crystal thunder lightning storm fire matrix merlin gandalf phantom
    money dollar million success winner number secure security safety office company business manager music guitar
    piano drummer metallica nirvana slipknot eminem rockstar musician sound sounds soundbox box audio
"""
COMMON = frozenset(COMMON_WORDS.split())
KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm", "azertyuiop", "qsdfghjklm", "wxcvbn")
COLUMNS = ("1qaz2wsx3edc4rfv5tgb6yhn7ujm", "qazwsxedcrfvtgbyhnujm", "1q2w3e4r5t6z7u8i9o0p", "1q2w3e4r5t6y7u8i9o0p")
RUNS = (*KEYS, *COLUMNS, "abcdefghijklmnopqrstuvwxyz", "01234567890123456789")
SHORTEST_RUN = 3
LONGEST_GUESSED = 40  # characters; what is longer is nobody's first guess
LOOKS = str.maketrans({"0": "o", "1": "l", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s"})
AROUND = re.compile(r"^[\W\d_]+|[\W\d_]+$")
BETWEEN = re.compile(r"[\W\d_]+")
MOST_WORDS = 2
REPEATED = re.compile(r"(.{1,6}?)\1+(.{0,5})")

WEAK = "This is among the first that are guessed. A few words that only you put together are better."


def refuse_weak(password: str, name: str) -> None:
    """Raises `Refusal` 400."""
    if is_weak(password, name):
        raise Refusal(400, WEAK, fields={"password": WEAK})


def is_weak(password: str, name: str = "") -> bool:
    """`name`: of whom it is to be."""
    said = password.lower()
    if len(said) > LONGEST_GUESSED:
        return False
    found = REPEATED.fullmatch(said)
    if found and found[1].startswith(found[2]):  # abcabcab
        return True
    plain = AROUND.sub("", said).translate(LOOKS)
    return _is_made_of_runs(said) or _is_common(said, name) or _is_common(plain, name)


def _is_common(said: str, name: str) -> bool:
    """One or two common words, or one's own name, with figures and signs around and between."""
    own = {part for part in BETWEEN.split(name) if len(part) > 1}
    words = [word for word in BETWEEN.split(said) if word]
    is_common = 0 < len(words) <= MOST_WORDS and all(_in(word, COMMON | own) for word in words)
    return is_common or (bool(name) and AROUND.sub("", said) in (name, AROUND.sub("", name)))


def _in(word: str, known: frozenset[str]) -> bool:
    """It, or two of them without a gap."""
    return word in known or any(word[:cut] in known and word[cut:] in known for cut in range(2, len(word) - 1))


def _is_made_of_runs(said: str) -> bool:
    """qwerty1234, abcd4321: nothing but pieces of a row, in either direction, and at most two signs besides."""
    rest = said
    for length in range(len(said), SHORTEST_RUN - 1, -1):
        for start in range(len(rest) - length, -1, -1):
            if _is_run(rest[start : start + length]):
                rest = rest[:start] + rest[start + length :]
    return len(rest) <= 2 and len(rest) < len(said)


def _is_run(piece: str) -> bool:
    return any(piece in run or piece[::-1] in run for run in RUNS) or len(set(piece)) == 1
