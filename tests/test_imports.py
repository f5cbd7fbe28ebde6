"""What the web process must not carry: it answers people, it makes no sound."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HEAVY = (
    *("torch", "librosa", "matplotlib", "numba", "scipy", "espeakng_loader"),
    *("soundbox.engines.procedural.engine", "soundbox.engines.speech", "soundbox.engines.espeak"),
)
LOOK = """
import sys
from soundbox.app import create_app
from soundbox.config import Config
client = create_app(Config.load({instance!r}, worker="none")).test_client()
from soundbox.extensions import db
from soundbox.migrate import upgrade
upgrade(db)
for path in ("/", "/create", "/library", "/queue", "/status", "/docs"):
    assert client.get(path).status_code == 200, path
assert client.post("/generate", json={{"prompt": "rain", "parameters": {{"tempo": 90}}}}).status_code == 201
print(*(name for name in {heavy!r} if name in sys.modules))
"""


def test_the_web_imports_nothing_heavy(tmp_path: Path) -> None:
    program = LOOK.format(instance=str(tmp_path), heavy=HEAVY)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == ""


def test_a_command_imports_only_what_it_needs() -> None:
    """The worker says how many threads numpy may take before it is imported; a person waits for a command's help."""
    program = "import sys; import soundbox.cli, soundbox.commands.serving as _; print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "False"
    program = "import sys; import soundbox.cli; print(*({'sqlalchemy', 'flask', 'alembic'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == ""
