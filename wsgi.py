"""For any WSGI server: `gunicorn wsgi:app`, `flask run`. Settings come from SOUNDBOX_* variables."""

from soundbox.deploy.site import site

app = site()
