"""For any WSGI server: `gunicorn wsgi:app`, `flask run`. Settings come from SOUNDBOX_* variables."""

from soundbox.app import create_app

app = create_app()
