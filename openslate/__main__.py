from openslate.cli import app

app()
