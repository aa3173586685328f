"""The WSGI application that the web server loads."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.site.settings")
application = get_wsgi_application()

# What start-up made lives as long as the process: the collector need not look through it with every request.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
