"""What gunicorn serves."""

import os

from bos.books import Books
from bos.database import Database
from bos.recent import Recent
from bos.settings import read_settings
from bos.web.app import create_app

settings = read_settings(os.environ)
application = create_app(Books(Database(settings.database_url)), Recent(settings))
