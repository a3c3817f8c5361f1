"""The making of an image: static files as production serves them, without any server or secret."""

from cae.settings.base import *

SECRET_KEY = "only-while-an-image-is-made-" + "0" * 24
COMPONENTS_PAGE = False
