"""What the due rows run; imported by `JourneysConfig.ready`."""

from journeys.documents.erasing import erase_file
from journeys.documents.models import FileToErase
from rtr import due

# Inside: erasing twice is erasing once, so a file may go before the row is known to be done.
due.register(FileToErase, due.Inside(erase_file))
